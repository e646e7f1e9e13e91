//! A bound: one pass over the text that knows the fields of all kinds of events, actions and observations at once
//! and never has to know which kind it reads. It leaves open which fields belong together.

use super::derived::{Annotations, CriticResult, Metadata, Risk, Source, Task, ToolCall};
use serde::Deserialize;

#[derive(Deserialize)]
#[allow(dead_code, reason = "read, not used")]
pub struct Page {
    items: Vec<Event>,
    next_page_id: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read, not used")]
pub struct Event {
    id: Option<String>,
    timestamp: Option<String>,
    source: Option<Source>,
    key: Option<String>,
    value: Option<serde_json::Value>,
    system_prompt: Option<Content>,
    tools: Option<Vec<Tool>>,
    dynamic_context: Option<Content>,
    llm_message: Option<Message>,
    llm_response_id: Option<String>,
    activated_skills: Option<Vec<String>>,
    extended_content: Option<Vec<Content>>,
    sender: Option<String>,
    critic_result: Option<CriticResult>,
    thought: Option<Vec<Content>>,
    reasoning_content: Option<String>,
    thinking_blocks: Option<Vec<serde_json::Value>>,
    responses_reasoning_item: Option<serde_json::Value>,
    action: Option<Action>,
    tool_name: Option<String>,
    tool_call_id: Option<String>,
    tool_call: Option<ToolCall>,
    security_risk: Option<Risk>,
    summary: Option<String>,
    hook_event_type: Option<String>,
    hook_command: Option<String>,
    success: Option<bool>,
    blocked: Option<bool>,
    exit_code: Option<i64>,
    stdout: Option<String>,
    stderr: Option<String>,
    reason: Option<String>,
    additional_context: Option<String>,
    error: Option<String>,
    action_id: Option<String>,
    message_id: Option<String>,
    hook_input: Option<serde_json::Value>,
    observation: Option<Observation>,
    kind: Kind,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read, not used")]
pub struct Action {
    thought: Option<String>,
    command: Option<String>,
    is_input: Option<bool>,
    timeout: Option<f64>,
    reset: Option<bool>,
    path: Option<String>,
    file_text: Option<String>,
    old_str: Option<String>,
    new_str: Option<String>,
    insert_line: Option<i64>,
    view_range: Option<Vec<i64>>,
    task_list: Option<Vec<Task>>,
    pattern: Option<String>,
    include: Option<String>,
    message: Option<String>,
    kind: Kind,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read, not used")]
pub struct Observation {
    content: Option<Vec<Content>>,
    is_error: Option<bool>,
    command: Option<String>,
    exit_code: Option<i64>,
    timeout: Option<bool>,
    metadata: Option<Metadata>,
    full_output_save_dir: Option<String>,
    path: Option<String>,
    prev_exist: Option<bool>,
    old_content: Option<String>,
    new_content: Option<String>,
    task_list: Option<Vec<Task>>,
    matches: Option<Vec<String>>,
    pattern: Option<String>,
    search_path: Option<String>,
    include_pattern: Option<String>,
    truncated: Option<bool>,
    files: Option<Vec<String>>,
    kind: Kind,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read, not used")]
pub struct Content {
    cache_prompt: Option<bool>,
    text: Option<String>,
    #[serde(rename = "type")]
    kind: Kind,
}

/// The tags.
#[derive(Deserialize)]
pub enum Kind {
    #[serde(rename = "text")]
    Text,
    ConversationStateUpdateEvent,
    SystemPromptEvent,
    MessageEvent,
    ActionEvent,
    HookExecutionEvent,
    ObservationEvent,
    AgentErrorEvent,
    ThinkAction,
    TerminalAction,
    FileEditorAction,
    TaskTrackerAction,
    GrepAction,
    GlobAction,
    FinishAction,
    ThinkObservation,
    TerminalObservation,
    FileEditorObservation,
    TaskTrackerObservation,
    GrepObservation,
    GlobObservation,
    FinishObservation,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read, not used")]
pub struct Message {
    role: String,
    content: Vec<Content>,
    tool_calls: Option<Vec<ToolCall>>,
    tool_call_id: Option<String>,
    name: Option<String>,
    reasoning_content: Option<String>,
    thinking_blocks: Vec<serde_json::Value>,
    responses_reasoning_item: Option<serde_json::Value>,
}

#[derive(Deserialize)]
#[allow(dead_code, reason = "read, not used")]
pub struct Tool {
    description: String,
    action_type: String,
    observation_type: String,
    annotations: Option<Annotations>,
    meta: Option<serde_json::Value>,
    kind: String,
    title: String,
}
