//! The one rule by which stage and risk move the severity of a finding.

use crate::finding::{Kind, Severity};

/// The severity of a finding of `kind` whose default, in production at limited risk, is `default`.
///
/// Contradictions, references and quantities are wrong at every stage and every risk. A missing piece is advice in
/// research and one step milder in a prototype; missing pieces and evidence are one step graver at high risk and one
/// step milder at minimal risk.
pub fn shifted(kind: Kind, default: Severity, stage: Option<&str>, risk: Option<&str>) -> Severity {
    let missing = kind == Kind::MissingPiece;
    let severity = match stage {
        Some("research") if missing => return Severity::Advice,
        Some("prototype") if missing => default.down(),
        _ => default,
    };
    match risk {
        Some("high" | "unacceptable") if missing || kind == Kind::Evidence => severity.up(),
        Some("minimal") if missing || kind == Kind::Evidence => severity.down(),
        _ => severity,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Severity::{Advice, Error, Warning};

    #[test]
    fn stage_and_risk_move_missing_pieces_and_evidence_alone() {
        let missing = |default, stage, risk| shifted(Kind::MissingPiece, default, Some(stage), Some(risk));
        assert_eq!(missing(Error, "production", "limited"), Error);
        assert_eq!(missing(Error, "prototype", "limited"), Warning);
        assert_eq!(missing(Warning, "prototype", "high"), Warning);
        assert_eq!(missing(Error, "research", "high"), Advice);
        assert_eq!(missing(Warning, "production", "high"), Error);
        assert_eq!(missing(Error, "production", "minimal"), Warning);
        assert_eq!(shifted(Kind::Evidence, Warning, Some("research"), Some("high")), Error);
        for kind in [Kind::Contradiction, Kind::Reference, Kind::Quantity] {
            assert_eq!(shifted(kind, Error, Some("research"), Some("minimal")), Error);
        }
        assert_eq!(shifted(Kind::MissingPiece, Error, None, None), Error);
    }
}
