//! What a workflow of GitHub Actions runs.

/// The scripts of all steps, in their order.
pub fn steps(workflow: &str) -> Result<Vec<String>, String> {
    let workflow: serde_json::Value =
        serde_yaml::from_str(workflow).map_err(|error| format!("no workflow: {error}"))?;
    let jobs = workflow["jobs"].as_object().ok_or("a workflow without jobs")?;
    let steps = jobs.values().filter_map(|job| job["steps"].as_array()).flatten();
    let scripts: Vec<String> = steps.filter_map(|step| Some(step["run"].as_str()?.to_owned())).collect();
    if scripts.is_empty() { Err("a workflow that runs nothing".to_owned()) } else { Ok(scripts) }
}
