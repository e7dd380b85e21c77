//! Makes edits in a text.

use crate::finding::{Edit, Fix};

/// The text with the edits of these fixes made. A fix that overlaps one before it is left out, as a whole.
pub fn apply(text: &str, fixes: &[&Fix]) -> String {
    let mut taken: Vec<&Edit> = Vec::new();
    for fix in fixes {
        if fix.edits.iter().all(|edit| fits(text, edit) && !taken.iter().any(|other| meet(edit, other))) {
            taken.extend(&fix.edits);
        }
    }
    taken.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut new = String::with_capacity(text.len() + 256);
    let mut from = 0;
    for edit in taken {
        new.push_str(&text[from..edit.span.start as usize]);
        new.push_str(&edit.text);
        from = edit.span.end as usize;
    }
    new + &text[from..]
}

/// Whether two fixes touch the same bytes, or add at the same place.
pub(super) fn overlap(one: &Fix, other: &Fix) -> bool {
    one.edits.iter().any(|edit| other.edits.iter().any(|another| meet(edit, another)))
}

fn fits(text: &str, edit: &Edit) -> bool {
    let (start, end) = (edit.span.start as usize, edit.span.end as usize);
    start <= end && text.is_char_boundary(start) && text.is_char_boundary(end)
}

/// Two edits that only touch would have an order, which nobody said; they are made in different rounds.
fn meet(one: &Edit, other: &Edit) -> bool {
    one.span.start <= other.span.end && other.span.start <= one.span.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Applicability;
    use crate::source::{Source, Span};

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let source = Source::new("a", "0123456789");
        let edit = |&(start, end, text): &(usize, usize, &str)| Edit {
            source: source.clone(),
            span: Span::new(start, end),
            text: text.to_owned(),
        };
        Fix { title: String::new(), applicability: Applicability::Safe, edits: edits.iter().map(edit).collect() }
    }

    #[test]
    fn edits_are_made_in_the_order_of_the_text() {
        let (one, two) = (fix(&[(7, 8, "x"), (1, 3, "")]), fix(&[(5, 5, "yy")]));
        assert_eq!(apply("0123456789", &[&one, &two]), "034yy56x89");
    }

    #[test]
    fn of_two_that_overlap_the_first_is_made() {
        let (one, two, three) = (fix(&[(2, 4, "a")]), fix(&[(8, 9, "b"), (3, 5, "b")]), fix(&[(4, 4, "c")]));
        assert_eq!(apply("0123456789", &[&one, &two, &three]), "01a456789");
        assert!(overlap(&one, &two) && overlap(&one, &three));
    }

    #[test]
    fn an_edit_outside_the_text_is_left_out() {
        assert_eq!(apply("0é", &[&fix(&[(2, 3, "a")]), &fix(&[(9, 9, "a")])]), "0é");
    }
}
