//! The calls that the programs have in common. Calls are plain data, so that all programs can make the same ones,
//! whoever sends them.

use std::collections::BTreeMap;

use agent_server_models::operations::{search_conversation_events, send_message, start_conversation};
use agent_server_models::{
    Agent, Event, LLM, LocalWorkspace, SpecTool, StartConversationRequest, TextContent,
};

/// Where the server is. `scripts/run-examples` sets the variable.
pub fn server() -> String {
    std::env::var("AGENT_SERVER").unwrap_or_else(|_| "http://127.0.0.1:8123".to_owned())
}

/// The folder that the agent works in.
pub fn workspace() -> String {
    std::env::var("AGENT_WORKSPACE").unwrap_or_else(|_| "/tmp/agent-workspace".to_owned())
}

/// A conversation with an agent that uses the model behind `AGENT_MODEL`.
pub fn conversation() -> start_conversation::Body {
    let llm = LLM {
        model: "openai/gpt-4o-mini".to_owned(),
        base_url: Some(
            std::env::var("AGENT_MODEL").unwrap_or_else(|_| "http://127.0.0.1:8124/v1".to_owned()),
        ),
        api_key: Some("unused".into()),
        usage_id: "agent".to_owned(),
        num_retries: 0,
        ..LLM::default()
    };
    let tools = ["terminal", "file_editor", "task_tracker"];
    let agent = Agent { llm, tools: Some(tools.map(SpecTool::new).into()), ..Agent::default() };
    StartConversationRequest {
        max_iterations: 50,
        autotitle: false,
        ..StartConversationRequest::new(agent, LocalWorkspace::new(workspace()))
    }
}

/// A message of the user's.
pub fn message(text: &str) -> send_message::Body {
    send_message::Body { content: Some(vec![TextContent::new(text).into()]), ..Default::default() }
}

/// How many events there are of each kind.
#[derive(Default)]
pub struct Kinds(pub BTreeMap<String, usize>);

impl Kinds {
    /// Counts an event, and prints the ones that say most.
    pub fn add(&mut self, event: &Event) {
        match event {
            Event::ActionEvent(action) => println!("  the agent calls {}", action.tool_name),
            Event::AgentErrorEvent(error) => println!("  {}", error.error),
            Event::Unknown(event) => println!("  the document does not know {}", event.tag),
            _ => {}
        }
        *self.0.entry(event.tag().to_owned()).or_default() += 1;
    }
}

/// The parameters for all events of a conversation.
pub fn events(conversation_id: uuid::Uuid) -> search_conversation_events::Params {
    search_conversation_events::Params::new(conversation_id)
}
