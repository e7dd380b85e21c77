//! What an editor asks of the text at a place, translated.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::*;

use super::diagnostics::file_name;
use super::documents::{DocumentKind, name_of};
use super::edited_project::EditedProject;
use super::session::{Refusal, Session};
use super::uri;
use crate::built_in;
use crate::editor::{self, CompletionKind, EditorContext, FileSpan, SymbolKind as Symbol, Target};
use crate::finding::Edit;
use crate::manifest::Manifest;
use crate::schema::Schema;
use crate::source::{Source, Span};

/// A text that can be asked about.
struct Query<'h> {
    manifest: &'h Manifest,
    around: EditorContext<'h>,
}

impl Session {
    /// A text as it is now; none where it cannot be read.
    fn home(&mut self, uri: &Uri) -> Option<Query<'_>> {
        let name = name_of(uri);
        let request = self.settings.request();
        let document = self.documents.get(&name)?;
        let root = self.projects.root_of(document);
        let project: &EditedProject = self.projects.at(root, &self.documents, &request);
        let manifest = match document.sort {
            DocumentKind::WorkspaceConfig => project
                .workspace_config()
                .filter(|workspace_config| Arc::ptr_eq(workspace_config.source(), &document.source)),
            _ => project.manifest(&name).map(Manifest::as_written),
        }?;
        Some(Query { manifest, around: project.context(&name)? })
    }

    /// The same, and a place in it.
    fn at(&mut self, place: &TextDocumentPositionParams) -> Option<(Query<'_>, u32)> {
        let encoding = self.client.encoding;
        let home = self.home(&place.text_document.uri)?;
        let offset = encoding.offset(home.manifest.source(), place.position);
        Some((home, offset))
    }

    fn location(&self, place: &FileSpan) -> Option<Location> {
        let uri = self.documents.uri(&file_name(place.source.name()))?;
        Some(Location { uri, range: self.client.encoding.range(&place.source, place.span) })
    }

    /// Edits of one or several texts, each said to be for the version that they were made from.
    pub fn workspace_edit(&self, edits: &[Edit]) -> Option<WorkspaceEdit> {
        let mut by_name: Vec<(String, Vec<&Edit>)> = Vec::new();
        for edit in edits {
            let name = file_name(edit.source.name());
            match by_name.iter_mut().find(|(known, _)| *known == name) {
                Some((_, edits)) => edits.push(edit),
                None => by_name.push((name, vec![edit])),
            }
        }
        let encoding = self.client.encoding;
        let text_edit = |edit: &&Edit| TextEdit::new(encoding.range(&edit.source, edit.span), edit.text.clone());
        let mut versioned = Vec::new();
        for (name, edits) in by_name {
            let version = self.documents.get(&name).map(|document| document.version);
            let text_document = OptionalVersionedTextDocumentIdentifier { uri: self.documents.uri(&name)?, version };
            let edits = edits.iter().map(text_edit).map(OneOf::Left).collect();
            versioned.push(TextDocumentEdit { text_document, edits });
        }
        if self.client.versions {
            return Some(WorkspaceEdit {
                document_changes: Some(DocumentChanges::Edits(versioned)),
                ..WorkspaceEdit::default()
            });
        }
        let plain = |edit: OneOf<TextEdit, AnnotatedTextEdit>| match edit {
            OneOf::Left(edit) => edit,
            OneOf::Right(edit) => edit.text_edit,
        };
        let changes =
            versioned.into_iter().map(|one| (one.text_document.uri, one.edits.into_iter().map(plain).collect()));
        #[allow(clippy::mutable_key_type, reason = "the protocol's own type; its address is never changed")]
        let changes = changes.collect();
        Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() })
    }
}

fn markdown(value: String) -> MarkupContent {
    MarkupContent { kind: MarkupKind::Markdown, value }
}

pub fn hover(session: &mut Session, params: HoverParams) -> Result<Option<Hover>, Refusal> {
    let encoding = session.client.encoding;
    let Some((home, offset)) = session.at(&params.text_document_position_params) else { return Ok(None) };
    Ok(editor::hover(home.manifest, offset, &home.around).map(|hover| {
        let range = Some(encoding.range(home.manifest.source(), hover.span));
        Hover { contents: HoverContents::Markup(markdown(hover.text)), range }
    }))
}

pub fn completion(session: &mut Session, params: CompletionParams) -> Result<CompletionList, Refusal> {
    let place = params.text_document_position;
    let name = name_of(&place.text_document.uri);
    let (request, client) = (session.settings.request(), session.client);
    let nothing = || CompletionList { is_incomplete: false, items: Vec::new() };
    let Some(document) = session.documents.get(&name) else { return Ok(nothing()) };
    let root = session.projects.root_of(document);
    let project = session.projects.at(root, &session.documents, &request);
    let schema: &'static Schema = match document.sort {
        DocumentKind::WorkspaceConfig => &built_in::WORKSPACE,
        _ if project.holds(&name) => &built_in::MANIFEST,
        _ => return Ok(nothing()),
    };
    let source = &document.source;
    let offset = client.encoding.offset(source, place.position);
    let around = project.context(&name);
    let found = around.map(|around| editor::complete(source, offset, schema, &around)).unwrap_or_default();
    let items = found.into_iter().map(|one| item(one, source, &client)).collect();
    Ok(CompletionList { is_incomplete: false, items })
}

fn item(one: editor::Completion, source: &Source, client: &super::client::Client) -> CompletionItem {
    let kind = match one.kind {
        CompletionKind::Section => CompletionItemKind::MODULE,
        CompletionKind::Field => CompletionItemKind::FIELD,
        CompletionKind::Word => CompletionItemKind::ENUM_MEMBER,
        CompletionKind::Name => CompletionItemKind::REFERENCE,
        CompletionKind::Unit => CompletionItemKind::UNIT,
        CompletionKind::Path => CompletionItemKind::PROPERTY,
        CompletionKind::Lint => CompletionItemKind::EVENT,
        CompletionKind::Date => CompletionItemKind::VALUE,
        CompletionKind::Code => CompletionItemKind::CONSTANT,
    };
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    // Without snippets the cursor stands behind what is inserted.
    let middle = client.snippets && one.caret < one.insert.len();
    let text = if middle { snippet(&one.insert, one.caret) } else { one.insert };
    let again =
        Command { title: "complete".to_owned(), command: "editor.action.triggerSuggest".to_owned(), arguments: None };
    CompletionItem {
        label: one.label,
        kind: Some(kind),
        detail: filled(one.detail),
        documentation: filled(one.documentation).map(|text| Documentation::MarkupContent(markdown(text))),
        sort_text: Some(one.order),
        filter_text: Some(one.filter),
        insert_text_format: Some(if middle { InsertTextFormat::SNIPPET } else { InsertTextFormat::PLAIN_TEXT }),
        // Lines are indented in full already.
        insert_text_mode: Some(InsertTextMode::AS_IS),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(client.encoding.range(source, one.span), text))),
        command: (one.again && client.suggests_again).then_some(again),
        ..CompletionItem::default()
    }
}

/// The text with a place for the cursor at `caret`.
fn snippet(text: &str, caret: usize) -> String {
    let plain = |text: &str| text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}");
    match (text.get(..caret), text.get(caret..)) {
        (Some(before), Some(after)) => format!("{}$0{}", plain(before), plain(after)),
        _ => plain(text),
    }
}

pub fn definition(
    session: &mut Session,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>, Refusal> {
    let place = params.text_document_position_params;
    let folder = uri::path_of(&place.text_document.uri).and_then(|path| path.parent().map(Path::to_owned));
    let place = session.at(&place);
    let found = place.and_then(|(home, offset)| editor::definition(home.manifest, offset, &home.around));
    let Some((_, targets)) = found else { return Ok(None) };
    let location = |target: Target| match target {
        Target::Name(place) => session.location(&place),
        Target::File(path) => {
            let uri = existing(folder.as_deref(), &path).and_then(|path| uri::uri_of(&path))?;
            Some(Location { uri, range: Range::default() })
        }
        Target::Page(_) => None,
    };
    let locations: Vec<Location> = targets.into_iter().filter_map(location).collect();
    Ok(Some(GotoDefinitionResponse::Array(locations)))
}

/// The file or folder of this path from `folder`, where there is one inside the workspace.
fn existing(folder: Option<&Path>, path: &str) -> Option<PathBuf> {
    let folder = folder?;
    let path = crate::workspace::absolute(&folder.join(path));
    (path.starts_with(crate::workspace::root_of(folder)) && crate::workspace::is_there(&path)).then_some(path)
}

pub fn references(session: &mut Session, params: ReferenceParams) -> Result<Vec<Location>, Refusal> {
    let with_definitions = params.context.include_declaration;
    let place = session.at(&params.text_document_position);
    let found = place.map(|(home, offset)| editor::references(home.manifest, offset, with_definitions, &home.around));
    Ok(found.unwrap_or_default().iter().filter_map(|place| session.location(place)).collect())
}

pub fn prepare_rename(
    session: &mut Session,
    params: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, Refusal> {
    let encoding = session.client.encoding;
    let Some((home, offset)) = session.at(&params) else { return Ok(None) };
    Ok(editor::renamable(home.manifest, offset, &home.around).map(|(span, placeholder)| {
        let range = encoding.range(home.manifest.source(), span);
        PrepareRenameResponse::RangeWithPlaceholder { range, placeholder }
    }))
}

pub fn rename(session: &mut Session, params: RenameParams) -> Result<Option<WorkspaceEdit>, Refusal> {
    let place = session.at(&params.text_document_position);
    let renamed = place.map(|(home, offset)| editor::rename(home.manifest, offset, &params.new_name, &home.around));
    let edits = renamed.unwrap_or_else(|| Err("the text cannot be read as it is".to_owned()));
    Ok(session.workspace_edit(&edits.map_err(Refusal::failed)?))
}

pub fn symbols(session: &mut Session, params: DocumentSymbolParams) -> Result<DocumentSymbolResponse, Refusal> {
    let client = session.client;
    let uri = params.text_document.uri;
    let found = session.home(&uri).map(|home| {
        let source = home.manifest.source();
        editor::symbols(home.manifest).into_iter().map(|one| symbol(one, source, &client)).collect::<Vec<_>>()
    });
    let symbols = found.unwrap_or_default();
    if client.nested_symbols {
        return Ok(DocumentSymbolResponse::Nested(symbols));
    }
    let mut flat = Vec::new();
    flatten(symbols, None, &uri, &mut flat);
    Ok(DocumentSymbolResponse::Flat(flat))
}

#[allow(deprecated, reason = "the protocol's type has a field that is no longer used")]
fn symbol(one: editor::Symbol, source: &Source, client: &super::client::Client) -> DocumentSymbol {
    let children: Vec<_> = one.children.into_iter().map(|child| symbol(child, source, client)).collect();
    DocumentSymbol {
        name: one.name,
        detail: Some(one.detail).filter(|detail| !detail.is_empty()),
        kind: match one.kind {
            Symbol::Section => SymbolKind::MODULE,
            Symbol::Collection => SymbolKind::ARRAY,
            Symbol::Item => SymbolKind::OBJECT,
            Symbol::Field => SymbolKind::FIELD,
            Symbol::Against => SymbolKind::NULL,
        },
        tags: None,
        deprecated: None,
        range: client.encoding.range(source, one.span),
        selection_range: client.encoding.range(source, one.name_span),
        children: Some(children).filter(|children| !children.is_empty()),
    }
}

#[allow(deprecated, reason = "the protocol's type has a field that is no longer used")]
fn flatten(symbols: Vec<DocumentSymbol>, within: Option<&str>, uri: &Uri, flat: &mut Vec<SymbolInformation>) {
    for one in symbols {
        let children = one.children.unwrap_or_default();
        flat.push(SymbolInformation {
            name: one.name.clone(),
            kind: one.kind,
            tags: None,
            deprecated: None,
            location: Location { uri: uri.clone(), range: one.range },
            container_name: within.map(str::to_owned),
        });
        flatten(children, Some(&one.name), uri, flat);
    }
}

pub fn folds(session: &mut Session, params: FoldingRangeParams) -> Result<Vec<FoldingRange>, Refusal> {
    let encoding = session.client.encoding;
    let found = session.home(&params.text_document.uri).map(|home| {
        let folded = |fold: editor::Fold| {
            let Range { start, end } = encoding.range(home.manifest.source(), fold.span);
            FoldingRange {
                start_line: start.line,
                start_character: Some(start.character),
                end_line: end.line,
                end_character: Some(end.character),
                kind: Some(match fold.kind {
                    editor::FoldKind::Region => FoldingRangeKind::Region,
                    editor::FoldKind::Comment => FoldingRangeKind::Comment,
                }),
                collapsed_text: None,
            }
        };
        editor::folds(&home.manifest.tree).into_iter().map(folded).collect()
    });
    Ok(found.unwrap_or_default())
}

pub fn selections(session: &mut Session, params: SelectionRangeParams) -> Result<Vec<SelectionRange>, Refusal> {
    let encoding = session.client.encoding;
    let found = session.home(&params.text_document.uri).map(|home| {
        let source = home.manifest.source();
        let around = |place: &Position| {
            let spans = editor::selection(&home.manifest.tree, encoding.offset(source, *place));
            let outwards = spans.into_iter().rev().fold(None, |parent, span| {
                Some(SelectionRange { range: encoding.range(source, span), parent: parent.map(Box::new) })
            });
            outwards.unwrap_or(SelectionRange { range: Range::new(*place, *place), parent: None })
        };
        params.positions.iter().map(around).collect()
    });
    let alone = |place: &Position| SelectionRange { range: Range::new(*place, *place), parent: None };
    Ok(found.unwrap_or_else(|| params.positions.iter().map(alone).collect()))
}

pub fn hints(session: &mut Session, params: InlayHintParams) -> Result<Vec<InlayHint>, Refusal> {
    let encoding = session.client.encoding;
    let found = session.home(&params.text_document.uri).map(|home| {
        let source = home.manifest.source();
        let hint = |hint: editor::Hint| InlayHint {
            position: encoding.position(source, hint.offset),
            label: InlayHintLabel::String(hint.text),
            kind: None,
            text_edits: None,
            tooltip: Some(InlayHintTooltip::MarkupContent(markdown(hint.tooltip))),
            padding_left: Some(true),
            padding_right: None,
            data: None,
        };
        let range: Span = encoding.span(source, params.range);
        editor::hints(home.manifest, range, &home.around).into_iter().map(hint).collect()
    });
    Ok(found.unwrap_or_default())
}

pub fn links(session: &mut Session, params: DocumentLinkParams) -> Result<Vec<DocumentLink>, Refusal> {
    let encoding = session.client.encoding;
    let folder = uri::path_of(&params.text_document.uri).and_then(|path| path.parent().map(Path::to_owned));
    let found = session.home(&params.text_document.uri).map(|home| {
        let link = |(span, target): (Span, Target)| {
            let target = match target {
                Target::Name(_) => None,
                Target::File(path) => existing(folder.as_deref(), &path).and_then(|path| uri::uri_of(&path)),
                Target::Page(page) => page.parse().ok(),
            };
            let range = encoding.range(home.manifest.source(), span);
            Some(DocumentLink { range, target: Some(target?), tooltip: None, data: None })
        };
        editor::paths(home.manifest).into_iter().filter_map(link).collect()
    });
    Ok(found.unwrap_or_default())
}
