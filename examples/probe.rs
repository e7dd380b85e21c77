fn main() {
    let path = std::env::args().nth(1).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    let source = mlsystem::source::Source::new(path, text);
    let parsed = mlsystem::tree::parse(&source, &mlsystem::tree::Limits::default());
    for f in &parsed.findings {
        println!("{f:#?}");
    }
    let Some(tree) = parsed.tree else { return };
    let tree = std::sync::Arc::new(tree);
    let start = std::time::Instant::now();
    let (_m, findings) = mlsystem::manifest::read(&tree, &mlsystem::built_in::MANIFEST);
    let t = start.elapsed();
    for f in &findings {
        let p = source.position(f.primary.span.start as usize, mlsystem::source::ColumnUnit::CodePoints);
        println!(
            "{}:{}: {}[{}] {} <{}> {} | {:?} | {}",
            p.line,
            p.column,
            f.severity,
            f.name,
            f.message,
            source.slice(f.primary.span),
            f.primary.text,
            f.help,
            f.pointer
        );
        for l in &f.labels {
            println!("      {:?}: {}", source.slice(l.span), l.text);
        }
    }
    println!("{} findings in {t:?}", findings.len());
}
