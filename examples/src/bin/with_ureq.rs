//! Starts a conversation, sends a message, waits for the end and prints the events by kind; uploads a file and downloads
//! it again. With ureq, without an async runtime.

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

fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::new(server(), ureq::Agent::new_with_defaults());
    let started = start_conversation::call(&conversation())?.send_blocking(&client)?.value;
    let id = started.id;
    println!("conversation {id}");

    let params = send_message::Params { conversation_id: id };
    send_message::call(&params, &message("Look around."))?.send_blocking(&client)?;
    run_conversation::call(&run_conversation::Params { conversation_id: id })?.send_blocking(&client)?;
    let state = get_conversation::call(&get_conversation::Params { conversation_id: id })?;
    let end = loop {
        std::thread::sleep(Duration::from_millis(200));
        match state.send_blocking(&client)?.value.execution_status {
            ConversationExecutionStatus::Running => {}
            end => break end,
        }
    };
    println!("it is {end}");

    let mut kinds = Kinds::default();
    for page in Pages::<search_conversation_events::Operation>::new(events(id), ()).blocking(&client) {
        page?.value.items.iter().for_each(|event| kinds.add(event));
    }
    kinds.0.iter().for_each(|(kind, count)| println!("{count:4} {kind}"));

    let path = format!("{}/upload.bin", workspace());
    let content: Vec<u8> = (0..=255).collect();
    let body = upload_file_query::Body { file: File::new("upload.bin", content.clone()) };
    upload_file_query::call(&upload_file_query::Params { path: path.clone() }, &body)?
        .send_blocking(&client)?;
    let downloaded =
        download_file_query::call(&download_file_query::Params { path })?.send_blocking(&client)?;
    assert_eq!(downloaded.value, content);
    println!("{} bytes came back as {:?}", content.len(), downloaded.headers["content-type"]);
    Ok(())
}
