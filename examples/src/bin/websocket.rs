//! Reads the events of a conversation from the server's websocket, which is not in the document, while the agent runs.

use std::error::Error;

use agent_server_examples::{Kinds, conversation, message, server};
use agent_server_models::client::Client;
use agent_server_models::operations::{send_message, start_conversation};
use agent_server_models::{Event, runtime};
use futures_util::StreamExt;
use tokio_tungstenite::connect_async;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let client = Client::new(server(), http);
    let id = start_conversation::call(&conversation())?.send(&client).await?.value.id;

    let url = format!("{}/sockets/events/{id}?resend_all=true", server().replacen("http", "ws", 1));
    let (mut socket, _) = connect_async(url).await?;
    let message = send_message::Body { run: true, ..message("Look around.") };
    send_message::call(&send_message::Params { conversation_id: id }, &message)?.send(&client).await?;

    let mut kinds = Kinds::default();
    while let Some(frame) = socket.next().await {
        let frame = frame?;
        if !frame.is_text() {
            continue;
        }
        let event: Event = runtime::from_str(frame.to_text()?)?;
        kinds.add(&event);
        if is_end(&event) {
            break;
        }
    }
    kinds.0.iter().for_each(|(kind, count)| println!("{count:4} {kind}"));
    socket.close(None).await?;
    Ok(())
}

/// Whether the agent is done: the state of the conversation comes as an event, too.
fn is_end(event: &Event) -> bool {
    let Event::ConversationStateUpdateEvent(update) = event else { return false };
    let status = update.value.as_ref().and_then(|value| value.as_str());
    update.key.as_deref() == Some("execution_status") && !matches!(status, Some("running" | "idle"))
}
