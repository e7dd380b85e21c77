use super::*;

fn read(expression: &str) -> Option<(Side, f64, Unit, Option<f64>)> {
    let found = threshold(expression)?;
    assert_eq!(expression[found.at.clone()].trim_start_matches('+').parse().ok(), Some(found.value), "{expression}");
    Some((found.side, found.value, found.unit, found.quantile))
}

#[test]
fn a_latency_is_in_the_unit_of_its_metric() {
    for (expression, unit) in [
        ("histogram_quantile(0.99, sum by (le) (rate(predict_duration_seconds_bucket[5m]))) > 0.25", Unit::Seconds),
        (
            "histogram_quantile(0.99, sum(rate(predict_duration_ms_bucket{job=\"x\"}[5m])) by (le)) > 0.25",
            Unit::Milliseconds,
        ),
        ("1000 * histogram_quantile(0.99, rate(a_seconds_bucket[5m])) > 0.25", Unit::Milliseconds),
        ("job:predict_latency_seconds:99quantile{quantile=\"0.99\"} > 0.25", Unit::Seconds),
        ("quantile_over_time(0.99, latency[5m]) > 0.25", Unit::Unknown),
    ] {
        assert_eq!(read(expression), Some((Side::Above, 0.25, unit, Some(0.99))), "{expression}");
    }
}

#[test]
fn shares_are_what_is_divided_by_its_like() {
    for (expression, unit) in [
        ("sum(rate(errors_total[5m])) / sum(rate(requests_total[5m])) > 0.02", Unit::Ratio),
        (
            "(sum(rate(errors_total[5m])) / on (job) group_left (team) sum(rate(requests_total[5m]))) * 100 > 0.02",
            Unit::Percent,
        ),
        ("100 - 100 * feature_null_ratio{feature=\"price\"} > 0.02", Unit::Percent),
        ("rate(a_seconds_sum[5m]) / rate(a_seconds_count[5m]) > 0.02", Unit::Seconds),
        ("increase(restarts_total[1h]) > 0.02", Unit::Count),
        ("rate(restarts_total[1h]) > 0.02", Unit::PerSecond),
        ("rate(gc_seconds_sum[5m]) > 0.02", Unit::Ratio),
        ("time() - last_refresh_timestamp_seconds > 0.02", Unit::Seconds),
        ("a_bytes / b_seconds > 0.02", Unit::Unknown),
        ("drift > bool 0.02", Unit::Unknown),
    ] {
        assert_eq!(read(expression).map(|found| (found.0, found.2)), Some((Side::Above, unit)), "{expression}");
    }
}

#[test]
fn the_number_may_stand_on_the_left_or_have_a_sign() {
    assert_eq!(read("0.9 > up_ratio").map(|found| (found.0, found.1)), Some((Side::Below, 0.9)));
    assert_eq!(read("temperature < -5").map(|found| (found.0, found.1)), Some((Side::Below, -5.0)));
    assert_eq!(read("((a >= 1e7))").map(|found| (found.0, found.1)), Some((Side::AtLeast, 1e7)));
    assert_eq!(read("a # a note > 3\n <= 7").map(|found| (found.0, found.1)), Some((Side::AtMost, 7.0)));
}

#[test]
fn a_guard_is_not_the_threshold() {
    assert_eq!(read("a > 0.8 and b > 0").map(|found| found.1), Some(0.8));
    assert_eq!(read("up == 1 and on (job) a > 0.8").map(|found| found.1), Some(0.8));
    assert_eq!(read("a > 0.8 unless b > 3").map(|found| found.1), Some(0.8));
    assert_eq!(read("a > 0").map(|found| found.1), Some(0.0));
}

#[test]
fn what_names_no_single_number_is_not_compared() {
    for expression in [
        "a > 0.8 and b > 0.3",
        "a > 0.8 or b > 0.3",
        "a > b",
        "a > 14.4 * 0.001",
        "a > scalar(b)",
        "absent(up)",
        "up == 0",
        "1 > 0",
        "a > Inf",
        "a > {{ .Values.threshold }}",
        "a > $threshold",
        "a[5m > 3",
        "sum by (job > 3",
        "",
    ] {
        assert_eq!(threshold(expression), None, "{expression}");
    }
}

#[test]
fn deep_brackets_end() {
    let deep = format!("{}a{} > 3", "(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(threshold(&deep), None);
    assert_eq!(threshold(&"-".repeat(100_000)), None);
    assert_eq!(threshold(&"a @ ".repeat(100_000)), None);
}
