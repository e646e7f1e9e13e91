//! The events of the page, reduced to what it holds. Written down once: `model!` hands them to the two ways of
//! implementing `serde`.

macro_rules! model {
    ($structs:ident, $tagged:ident) => {
        $structs! {
            Page [] { items: Vec<Event> = "items", next_page_id: Option<String> = "next_page_id" }
            TextContent ["type" = "text"] { cache_prompt: bool = "cache_prompt", text: String = "text" }
            ConversationStateUpdateEvent ["kind" = "ConversationStateUpdateEvent"] {
                id: String = "id", timestamp: String = "timestamp", source: Source = "source",
                key: String = "key", value: serde_json::Value = "value"
            }
            SystemPromptEvent ["kind" = "SystemPromptEvent"] {
                id: String = "id", timestamp: String = "timestamp", source: Source = "source",
                system_prompt: Content = "system_prompt", tools: Vec<Tool> = "tools",
                dynamic_context: Option<Content> = "dynamic_context"
            }
            Annotations [] {
                title: Option<String> = "title", read_only_hint: bool = "readOnlyHint",
                destructive_hint: bool = "destructiveHint", idempotent_hint: bool = "idempotentHint",
                open_world_hint: bool = "openWorldHint"
            }
            Tool [] {
                description: String = "description", action_type: String = "action_type",
                observation_type: String = "observation_type",
                annotations: Option<Annotations> = "annotations",
                meta: Option<serde_json::Value> = "meta", kind: String = "kind", title: String = "title"
            }
            MessageEvent ["kind" = "MessageEvent"] {
                id: String = "id", timestamp: String = "timestamp", source: Source = "source",
                llm_message: Message = "llm_message", llm_response_id: Option<String> = "llm_response_id",
                activated_skills: Vec<String> = "activated_skills",
                extended_content: Vec<Content> = "extended_content", sender: Option<String> = "sender",
                critic_result: Option<CriticResult> = "critic_result"
            }
            Message [] {
                role: String = "role", content: Vec<Content> = "content",
                tool_calls: Option<Vec<ToolCall>> = "tool_calls",
                tool_call_id: Option<String> = "tool_call_id",
                name: Option<String> = "name", reasoning_content: Option<String> = "reasoning_content",
                thinking_blocks: Vec<serde_json::Value> = "thinking_blocks",
                responses_reasoning_item: Option<serde_json::Value> = "responses_reasoning_item"
            }
            CriticResult [] {
                score: f64 = "score", message: Option<String> = "message",
                metadata: Option<serde_json::Value> = "metadata"
            }
            ToolCall [] {
                id: String = "id", name: String = "name", arguments: String = "arguments",
                origin: String = "origin"
            }
            ActionEvent ["kind" = "ActionEvent"] {
                id: String = "id", timestamp: String = "timestamp", source: Source = "source",
                thought: Vec<Content> = "thought",
                reasoning_content: Option<String> = "reasoning_content",
                thinking_blocks: Vec<serde_json::Value> = "thinking_blocks",
                responses_reasoning_item: Option<serde_json::Value> = "responses_reasoning_item",
                action: Option<Action> = "action", tool_name: String = "tool_name",
                tool_call_id: String = "tool_call_id", tool_call: ToolCall = "tool_call",
                llm_response_id: String = "llm_response_id", security_risk: Risk = "security_risk",
                critic_result: Option<CriticResult> = "critic_result", summary: Option<String> = "summary"
            }
            HookExecutionEvent ["kind" = "HookExecutionEvent"] {
                id: String = "id", timestamp: String = "timestamp", source: Source = "source",
                hook_event_type: String = "hook_event_type", hook_command: String = "hook_command",
                tool_name: Option<String> = "tool_name", success: bool = "success",
                blocked: bool = "blocked", exit_code: i64 = "exit_code", stdout: String = "stdout",
                stderr: String = "stderr", reason: Option<String> = "reason",
                additional_context: Option<String> = "additional_context", error: Option<String> = "error",
                action_id: Option<String> = "action_id", message_id: Option<String> = "message_id",
                hook_input: Option<serde_json::Value> = "hook_input"
            }
            ObservationEvent ["kind" = "ObservationEvent"] {
                id: String = "id", timestamp: String = "timestamp", source: Source = "source",
                tool_name: String = "tool_name", tool_call_id: String = "tool_call_id",
                observation: Observation = "observation", action_id: String = "action_id"
            }
            AgentErrorEvent ["kind" = "AgentErrorEvent"] {
                id: String = "id", timestamp: String = "timestamp", source: Source = "source",
                tool_name: String = "tool_name", tool_call_id: String = "tool_call_id",
                error: String = "error"
            }
            ThinkAction ["kind" = "ThinkAction"] { thought: String = "thought" }
            TerminalAction ["kind" = "TerminalAction"] {
                command: String = "command", is_input: bool = "is_input", timeout: Option<f64> = "timeout",
                reset: bool = "reset"
            }
            FileEditorAction ["kind" = "FileEditorAction"] {
                command: String = "command", path: String = "path",
                file_text: Option<String> = "file_text", old_str: Option<String> = "old_str",
                new_str: Option<String> = "new_str", insert_line: Option<i64> = "insert_line",
                view_range: Option<Vec<i64>> = "view_range"
            }
            Task [] { title: String = "title", notes: String = "notes", status: String = "status" }
            TaskTrackerAction ["kind" = "TaskTrackerAction"] {
                command: String = "command", task_list: Vec<Task> = "task_list"
            }
            GrepAction ["kind" = "GrepAction"] {
                pattern: String = "pattern", path: Option<String> = "path",
                include: Option<String> = "include"
            }
            GlobAction ["kind" = "GlobAction"] { pattern: String = "pattern", path: Option<String> = "path" }
            FinishAction ["kind" = "FinishAction"] { message: String = "message" }
            ThinkObservation ["kind" = "ThinkObservation"] {
                content: Vec<Content> = "content", is_error: bool = "is_error"
            }
            Metadata [] {
                exit_code: i64 = "exit_code", pid: i64 = "pid", username: Option<String> = "username",
                hostname: Option<String> = "hostname",
                working_dir: Option<String> = "working_dir",
                py_interpreter_path: Option<String> = "py_interpreter_path", prefix: String = "prefix",
                suffix: String = "suffix"
            }
            TerminalObservation ["kind" = "TerminalObservation"] {
                content: Vec<Content> = "content", is_error: bool = "is_error",
                command: String = "command", exit_code: Option<i64> = "exit_code",
                timeout: bool = "timeout",
                metadata: Metadata = "metadata", full_output_save_dir: Option<String> = "full_output_save_dir"
            }
            FileEditorObservation ["kind" = "FileEditorObservation"] {
                content: Vec<Content> = "content", is_error: bool = "is_error",
                command: String = "command", path: Option<String> = "path",
                prev_exist: bool = "prev_exist",
                old_content: Option<String> = "old_content", new_content: Option<String> = "new_content"
            }
            TaskTrackerObservation ["kind" = "TaskTrackerObservation"] {
                content: Vec<Content> = "content", is_error: bool = "is_error",
                command: String = "command", task_list: Vec<Task> = "task_list"
            }
            GrepObservation ["kind" = "GrepObservation"] {
                content: Vec<Content> = "content", is_error: bool = "is_error",
                matches: Vec<String> = "matches", pattern: String = "pattern",
                search_path: String = "search_path",
                include_pattern: Option<String> = "include_pattern", truncated: bool = "truncated"
            }
            GlobObservation ["kind" = "GlobObservation"] {
                content: Vec<Content> = "content", is_error: bool = "is_error",
                files: Vec<String> = "files", pattern: String = "pattern",
                search_path: String = "search_path",
                truncated: bool = "truncated"
            }
            FinishObservation ["kind" = "FinishObservation"] {
                content: Vec<Content> = "content", is_error: bool = "is_error"
            }
        }
        $tagged!(Content "type" { TextContent = "text" });
        $tagged!(Action "kind" {
            ThinkAction = "ThinkAction", TerminalAction = "TerminalAction",
            FileEditorAction = "FileEditorAction",
            TaskTrackerAction = "TaskTrackerAction", GrepAction = "GrepAction", GlobAction = "GlobAction",
            FinishAction = "FinishAction"
        });
        $tagged!(Observation "kind" {
            ThinkObservation = "ThinkObservation", TerminalObservation = "TerminalObservation",
            FileEditorObservation = "FileEditorObservation",
            TaskTrackerObservation = "TaskTrackerObservation",
            GrepObservation = "GrepObservation", GlobObservation = "GlobObservation",
            FinishObservation = "FinishObservation"
        });
        $tagged!(Event "kind" {
            ConversationStateUpdateEvent = "ConversationStateUpdateEvent",
            SystemPromptEvent = "SystemPromptEvent",
            MessageEvent = "MessageEvent", ActionEvent = "ActionEvent",
            HookExecutionEvent = "HookExecutionEvent",
            ObservationEvent = "ObservationEvent", AgentErrorEvent = "AgentErrorEvent"
        });
    };
}
pub(crate) use model;
