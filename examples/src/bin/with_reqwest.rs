//! Starts a conversation, sends a message, waits for the end and prints the events by kind; uploads a file and downloads
//! it again. With reqwest.

use std::error::Error;
use std::time::Duration;

use agent_server_examples::{Kinds, conversation, events, message, server, workspace};
use agent_server_models::ConversationExecutionStatus;
use agent_server_models::client::{Client, Pages};
use agent_server_models::operations::{
    download_file_query, get_conversation, run_conversation, search_conversation_events, send_message,
    start_conversation, upload_file_query,
};
use agent_server_models::runtime::File;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    // The client follows redirects itself, so that no secret ends at another host.
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let client = Client::new(server(), http);
    let started = start_conversation::call(&conversation())?.send(&client).await?.value;
    let id = started.id;
    println!("conversation {id}");

    let params = send_message::Params { conversation_id: id };
    send_message::call(&params, &message("Look around."))?.send(&client).await?;
    run_conversation::call(&run_conversation::Params { conversation_id: id })?.send(&client).await?;
    let state = get_conversation::call(&get_conversation::Params { conversation_id: id })?;
    let end = loop {
        tokio::time::sleep(Duration::from_millis(200)).await;
        match state.send(&client).await?.value.execution_status {
            ConversationExecutionStatus::Running => {}
            end => break end,
        }
    };
    println!("it is {end}");

    let mut kinds = Kinds::default();
    let mut pages = Pages::<search_conversation_events::Operation>::new(events(id), ());
    while let Some(page) = pages.next(&client).await {
        page?.value.items.iter().for_each(|event| kinds.add(event));
    }
    kinds.0.iter().for_each(|(kind, count)| println!("{count:4} {kind}"));

    let path = format!("{}/upload.bin", workspace());
    let content: Vec<u8> = (0..=255).collect();
    let source = std::env::temp_dir().join("upload.bin");
    std::fs::write(&source, &content)?;
    // The file is read while it is sent.
    let body = upload_file_query::Body { file: File::from_path(source) };
    upload_file_query::call(&upload_file_query::Params { path: path.clone() }, &body)?.send(&client).await?;
    let downloaded = download_file_query::call(&download_file_query::Params { path })?.send(&client).await?;
    assert_eq!(downloaded.value, content);
    println!("{} bytes came back as {:?}", content.len(), downloaded.headers["content-type"]);
    Ok(())
}
