//! What sort of thing a tracked file is, as far as its path says.

/// The sort of a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Rows to learn from or to judge by.
    Data,
    /// A trained model.
    Model,
    /// A program.
    Code,
    /// Figures, pictures and settings, which are none of those.
    Other,
    /// The path does not say.
    Unknown,
}

const DATA_FOLDERS: [&str; 5] = ["data", "dataset", "datasets", "corpus", "raw"];
const MODEL_FOLDERS: [&str; 5] = ["model", "models", "checkpoint", "checkpoints", "weights"];
const OTHER_FOLDERS: [&str; 14] = [
    "eval",
    "evaluation",
    "metrics",
    "plots",
    "reports",
    "report",
    "results",
    "logs",
    "images",
    "figures",
    "dvclive",
    "dvc_plots",
    "predictions",
    "scores",
];

const DATA: [&str; 27] = [
    "csv",
    "tsv",
    "parquet",
    "arrow",
    "feather",
    "avro",
    "orc",
    "jsonl",
    "ndjson",
    "xml",
    "npy",
    "npz",
    "tfrecord",
    "tfrecords",
    "h5ad",
    "hdf5",
    "zip",
    "gz",
    "tgz",
    "tar",
    "zst",
    "bz2",
    "db",
    "sqlite",
    "duckdb",
    "xlsx",
    "wav",
];
const MODEL: [&str; 16] = [
    "pkl",
    "pickle",
    "joblib",
    "pt",
    "pth",
    "onnx",
    "h5",
    "keras",
    "safetensors",
    "gguf",
    "pb",
    "cbm",
    "ubj",
    "xgb",
    "tflite",
    "model",
];
const CODE: [&str; 14] = ["py", "ipynb", "r", "R", "sh", "sql", "scala", "java", "js", "ts", "go", "rs", "cpp", "jl"];
const OTHER: [&str; 14] =
    ["png", "jpg", "jpeg", "svg", "html", "pdf", "md", "yaml", "yml", "toml", "cfg", "ini", "lock", "log"];

/// The sort of what lies at a path: by its ending, unless the folder that it lies in says better.
pub fn kind_of_file(path: &str) -> FileKind {
    let lower = path.to_lowercase();
    let parts: Vec<&str> = lower.split('/').filter(|part| !part.is_empty()).collect();
    let Some((file, folders)) = parts.split_last() else { return FileKind::Unknown };
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let stem = file.split('.').next().unwrap_or(file);
    let within =
        |names: &[&str]| folders.iter().any(|part| names.contains(part)) || ending.is_empty() && names.contains(file);
    if CODE.contains(&ending) {
        FileKind::Code
    } else if OTHER.contains(&ending) && !within(&DATA_FOLDERS) {
        FileKind::Other
    } else if within(&DATA_FOLDERS) {
        FileKind::Data
    } else if within(&MODEL_FOLDERS) || MODEL.contains(&ending) || MODEL_FOLDERS.contains(&stem) {
        FileKind::Model
    } else if within(&OTHER_FOLDERS) {
        FileKind::Other
    } else if DATA.contains(&ending) {
        FileKind::Data
    } else {
        FileKind::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_say_what_lies_there() {
        for (path, sort) in [
            ("data/data.xml", FileKind::Data),
            ("data/features", FileKind::Data),
            ("data", FileKind::Data),
            ("wine-quality.csv", FileKind::Data),
            ("model.pkl", FileKind::Model),
            ("models/clf", FileKind::Model),
            ("model.tar.gz", FileKind::Model),
            ("src/train.py", FileKind::Code),
            ("eval/importance.png", FileKind::Other),
            ("metrics.json", FileKind::Unknown),
            ("params.yaml", FileKind::Other),
            ("", FileKind::Unknown),
        ] {
            assert_eq!(kind_of_file(path), sort, "{path}");
        }
    }
}
