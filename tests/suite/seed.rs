//! The ideas that this project grew from: each one that a lint of the first wave holds is caught where it is broken.

use crate::support::{findings, fixture, is_lint, lines};

/// The restaurant app of the seed, as a newcomer would write it down.
const APP: &str = "broken/restaurant-app/mlsystem.yaml";

/// An idea of the seed, the lint that holds it, and a manifest that breaks it; none where the restaurant app does.
type Row = (&'static str, &'static str, Option<&'static str>);

const CATASTROPHE: &str = "purpose: {automation: automatic, why_ml: {pattern: complex, cost_of_error: catastrophic}}";
const ACCURATE: &str =
    "task: {type: classification, positive_rate: 2%}\nevaluation: {metrics: {accuracy: at least 97%}}";
const RARE: &str = "task: {type: classification, positive_rate: 2%}";
const SCORING: &str = "risk: minimal\ndomain: social-scoring";
const HIRING: &str = "risk: limited\ndomain: hiring";
const FAST: &str = "task: {type: classification}\nserving: {pattern: online}";
const MEAN: &str = "serving: {pattern: online, latency: {mean: 40ms}}";
const DEMAND: &str = "task: {type: forecasting}\ndata: {split: random}";
const SHIFTING: &str =
    "purpose: {why_ml: {pattern: complex, changes: weekly}}\nmodels: {m: {family: tree, code: src/train.py}}";
const UNSTABLE: &str = "serving: {pattern: online, availability: 99.99%}\nrelease: {rollback: 15m}";
const UNMEASURED: &str = "fairness: {groups: [{name: women, attribute: gender}]}\nprivacy: {never_collect: [gender]}";
const SWITCH: &str = "serving: {pattern: online}\nrelease: {strategy: blue-green, rollback: 5m}";
const UNLABELLED: &str = "data: {labels: {window: 60d, delay: 60d}}\nmonitoring: {signals: {q: {kind: quality, of: accuracy, window: 1h}}}\nevaluation: {metrics: {accuracy: at least 97%}}";
const IMPATIENT: &str = "data: {labels: {window: 60d, delay: 60d}}\nupdating: {retrain: 7d}";
const TRANSLATION: &str = "task: {type: translation}\nevaluation: {metrics: {bleu: {achieved: 41, primary: true}}}";

const ROWS: &[Row] = &[
    ("operationalising is deploying, …", "no-rollback", None),
    ("… in steps, …", "no-gradual-rollout", None),
    ("… monitoring and …", "no-monitoring", None),
    ("… maintaining", "no-drift-plan", None),
    ("steps, not a switch", "no-gradual-rollout", Some(SWITCH)),
    ("a design meets its requirements as a whole", "requirement-not-met-by-design", None),
    ("ask whether ML is necessary", "no-reason-for-ml", None),
    ("ask whether something simpler does", "no-simpler-alternative-tried", None),
    ("ask whether it is worth its cost", "cost-exceeds-value", None),
    ("data exists, and can be named", "dataset-not-versioned", None),
    ("it is a prediction: the answer is not known yet", "feature-not-available-at-serving", None),
    ("unseen data resembles the data of training", "random-split-on-time-data", None),
    ("unseen data is what a test set stands for", "no-test-set", None),
    ("ML suits cheap errors", "catastrophic-error-fully-automatic", Some(CATASTROPHE)),
    ("ML suits patterns that change, if it follows them", "no-drift-plan", Some(SHIFTING)),
    ("ML follows changes no faster than truth arrives", "retrains-faster-than-labels", Some(IMPATIENT)),
    ("unfit when it is unethical", "risk-tier-contradicts-use", Some(SCORING)),
    ("unfit when it costs more than it brings", "cost-exceeds-value", None),
    ("consumer uses: recommendation", "undeclared-direct-loop", None),
    ("enterprise uses: hiring is not churn", "risk-tier-contradicts-use", Some(HIRING)),
    ("enterprise uses: fraud and churn are rare", "imbalance-unhandled", Some(RARE)),
    ("enterprise uses: demand lies in the future", "random-split-on-time-data", Some(DEMAND)),
    ("requirements: research has one, production many", "no-stakeholders", Some("stakeholders: {us: the best score}")),
    ("requirements differ", "unresolved-objective-conflict", None),
    ("priority: low latency", "no-latency-target", Some(FAST)),
    ("priority: low latency for everybody", "no-latency-target", Some(MEAN)),
    ("priority: fast inference", "latency-budget-exceeded", None),
    ("data shifts", "no-drift-plan", None),
    ("data is fresh in production", "feature-staler-than-needed", None),
    ("training and production see the same data", "no-train-serve-parity", None),
    ("fairness must be considered", "fairness-not-considered", None),
    ("fairness that cannot be measured is not considered", "group-cannot-be-measured", Some(UNMEASURED)),
    ("interpretability must be considered", "interpretability-not-considered", None),
    ("the ML engineer wants likely clicks", "undeclared-direct-loop", None),
    ("sales want expensive restaurants", "unresolved-objective-conflict", None),
    ("product wants 100 ms", "requirement-not-met-by-design", None),
    ("product wants 100 ms, all steps together", "latency-budget-exceeded", None),
    ("the ML platform wants stability", "availability-above-dependencies", None),
    ("the ML platform wants an answer whatever happens", "no-fallback", None),
    ("the ML platform wants a way back in time", "rollback-slower-than-error-budget", Some(UNSTABLE)),
    ("the manager wants profit", "cost-exceeds-value", None),
    ("code, data and model are one artefact", "dataset-not-versioned", None),
    ("data needs versions", "dataset-not-versioned", None),
    ("data needs quality management", "no-data-checks", None),
    ("imbalance", "imbalance-unhandled", Some(RARE)),
    ("imbalance hides behind accuracy", "target-below-trivial-baseline", Some(ACCURATE)),
    ("monitoring is hard", "no-monitoring", None),
    ("monitoring waits for the truth", "monitor-faster-than-truth", Some(UNLABELLED)),
    ("debugging needs a trace", "predictions-not-logged", None),
    ("the system, not the algorithm: somebody owns it", "no-owner", None),
    ("the system, not the algorithm: a worse model is stopped", "no-quality-gate", None),
    ("first define the method, then consider ML", "no-simpler-alternative-tried", None),
    ("a leap in quality is a comparison", "no-baseline", None),
    ("ten years in one step: compared with what", "no-baseline", Some(TRANSLATION)),
];

#[test]
fn every_idea_is_held() {
    let app = fixture(APP);
    let mut wrong = String::new();
    for (idea, lint, manifest) in ROWS {
        let text = match manifest {
            Some(manifest) => format!("mlsystem: 1\nname: example\nstage: production\n{manifest}\n"),
            None => app.clone(),
        };
        let found = findings(&text);
        if !is_lint(lint) || !found.iter().any(|finding| finding.name == *lint) {
            wrong += &format!("“{idea}” wants {lint}, found\n{}\n", lines(&found));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A newcomer's file is read without a word about its form: every finding is about the design.
#[test]
fn the_restaurant_app_is_well_written_and_badly_designed() {
    let found = findings(&fixture(APP));
    let form: Vec<_> = found.into_iter().filter(|finding| finding.category == "format").collect();
    assert!(form.is_empty(), "{}", lines(&form));
}

/// In research the same file is a draft, and hardly anything of it is an error but what contradicts itself.
#[test]
fn the_same_app_is_no_error_in_research_for_what_is_not_decided_yet() {
    let text = fixture(APP).replace("stage: production", "stage: research");
    for finding in findings(&text) {
        let undecided = finding.kind == mlsystem::finding::Kind::MissingPiece;
        assert!(
            !undecided || finding.severity < mlsystem::finding::Severity::Error,
            "{}: {}",
            finding.name,
            finding.message
        );
    }
}
