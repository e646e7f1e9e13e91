//! Calls every operation of the server and says what it answers. It ends with an error if an answer is not what the
//! document says. With `AGENT_TRAFFIC` it appends what is sent and what comes back to that file, for `modelsmith verify`.
#![allow(deprecated, reason = "every operation is called")]

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Debug;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use agent_server_examples::{conversation, events, message, server, workspace};
use agent_server_models::client::{Answers, Call, Client, Endpoint, Failure, Recorder, SECRETS};
use agent_server_models::operations::*;
use agent_server_models::runtime;
use agent_server_models::*;

/// What became of the calls.
struct Tour {
    client: Client,
    /// The operations that answered as the document says, with a success or an error.
    reached: BTreeSet<&'static str>,
    /// Those that answered with a success.
    successes: BTreeSet<&'static str>,
    wrong: usize,
}

impl Tour {
    /// Sends a call, prints what the server answers, and gives the success.
    async fn call<R: Answers + Debug>(
        &mut self,
        call: Result<Call<R>, runtime::Error>,
    ) -> Option<R::Success> {
        let call = match call {
            Ok(call) => call,
            Err(error) => {
                println!("        {error}");
                self.wrong += 1;
                return None;
            }
        };
        let Endpoint { id, method, path, .. } = *call.endpoint;
        match call.send(&self.client).await {
            Ok(reply) => {
                self.reached.insert(id);
                self.successes.insert(id);
                println!("ok  {} {method:6} {path}", reply.status);
                Some(reply.value)
            }
            // An error that the document names, or a status that it does not name.
            Err(Failure::Answer(reply)) if reply.status >= 400 => {
                self.reached.insert(id);
                let shown: String = format!("{:?}", reply.value).chars().take(110).collect();
                println!("--  {} {method:6} {path}: {shown}", reply.status);
                None
            }
            Err(failure) => {
                self.wrong += 1;
                println!("BAD     {method:6} {path}: {failure}");
                None
            }
        }
    }
}

/// What appends lines to a file.
fn append_to(path: &Path) -> std::io::Result<impl Fn(&str) + use<>> {
    let file = Mutex::new(File::options().create(true).append(true).open(path)?);
    Ok(move |line: &str| {
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = writeln!(file, "{line}") {
            eprintln!("an exchange is not recorded: {error}");
        }
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let client = match std::env::var_os("AGENT_TRAFFIC") {
        Some(path) => Client::new(server(), Recorder::new(http, SECRETS, append_to(path.as_ref())?)),
        None => Client::new(server(), http),
    };
    let mut tour = Tour { client, reached: BTreeSet::new(), successes: BTreeSet::new(), wrong: 0 };
    the_server(&mut tour).await;
    conversations(&mut tour).await?;
    commands(&mut tour).await;
    files(&mut tour).await;
    let (reached, successes) = (tour.reached.len(), tour.successes.len());
    println!("{reached} operations answered, {successes} with a success, {} not as documented", tour.wrong);
    if tour.wrong > 0 { Err("some answers are not what the document says".into()) } else { Ok(()) }
}

async fn the_server(tour: &mut Tour) {
    tour.call(alive::call()).await;
    tour.call(health::call()).await;
    tour.call(ready::call()).await;
    tour.call(get_server_info_get::call()).await;
    tour.call(get_server_info_server_info_get::call()).await;
    tour.call(list_available_tools::call()).await;
    tour.call(list_providers::call()).await;
    tour.call(list_models::call(&list_models::Params { provider: Some("openai".to_owned()) })).await;
    tour.call(list_verified_models::call()).await;
    tour.call(get_vscode_url::call(&Default::default())).await;
    tour.call(get_vscode_status::call()).await;
    tour.call(get_desktop_url::call(&Default::default())).await;
    let skills = SkillsRequest {
        load_public: false,
        load_user: false,
        load_project: false,
        load_org: false,
        ..SkillsRequest::default()
    };
    tour.call(get_skills::call(&skills)).await;
    tour.call(get_hooks::call(&HooksRequest { project_dir: Some(workspace()) })).await;
    tour.call(sync_skills::call()).await;
}

async fn conversations(tour: &mut Tour) -> Result<(), Box<dyn Error>> {
    let mut body = conversation();
    if let AgentBase::Agent(agent) = &mut body.agent {
        let llm = LLM { usage_id: "condenser".to_owned(), ..agent.llm.clone() };
        let condenser = LLMSummarizingCondenser { llm, ..LLMSummarizingCondenser::default() };
        agent.condenser = Some(condenser.into());
    }
    let started = tour.call(start_conversation::call(&body)).await.ok_or("no conversation")?;
    let conversation_id = started.id;
    let id = get_conversation::Params { conversation_id };
    tour.call(search_conversations::call(&Default::default())).await;
    tour.call(count_conversations::call(&Default::default())).await;
    tour.call(batch_get_conversations::call(&batch_get_conversations::Params { ids: vec![conversation_id] }))
        .await;
    tour.call(get_conversation::call(&get_conversation::Params { conversation_id: uuid::Uuid::nil() })).await;
    tour.call(update_conversation::call(
        &update_conversation::Params { conversation_id },
        &UpdateConversationRequest { title: "Tour".to_owned() },
    ))
    .await;
    let secret = StaticSecret { value: Some("s".into()), ..StaticSecret::default() }.into();
    tour.call(update_conversation_secrets::call(
        &update_conversation_secrets::Params { conversation_id },
        &UpdateSecretsRequest { secrets: [("TOKEN".to_owned(), secret)].into() },
    ))
    .await;
    tour.call(set_conversation_confirmation_policy::call(
        &set_conversation_confirmation_policy::Params { conversation_id },
        &SetConfirmationPolicyRequest { policy: NeverConfirm::default().into() },
    ))
    .await;
    tour.call(set_conversation_security_analyzer::call(
        &set_conversation_security_analyzer::Params { conversation_id },
        &SetSecurityAnalyzerRequest { security_analyzer: None },
    ))
    .await;
    tour.call(send_message::call(&send_message::Params { conversation_id }, &message("Look around."))).await;
    tour.call(run_conversation::call(&run_conversation::Params { conversation_id })).await;
    tour.call(pause_conversation::call(&pause_conversation::Params { conversation_id })).await;
    let answer = ConfirmationResponseRequest::new(true);
    tour.call(respond_to_confirmation::call(&respond_to_confirmation::Params { conversation_id }, &answer))
        .await;
    while let Some(info) = tour.call(get_conversation::call(&id)).await {
        if info.execution_status != ConversationExecutionStatus::Running {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    events_of(tour, conversation_id).await;
    let question = AskAgentRequest { question: "What did you do?".to_owned() };
    tour.call(ask_agent::call(&ask_agent::Params { conversation_id }, &question)).await;
    tour.call(generate_conversation_title::call(
        &generate_conversation_title::Params { conversation_id },
        &GenerateTitleRequest::default(),
    ))
    .await;
    tour.call(condense_conversation::call(&condense_conversation::Params { conversation_id })).await;
    tour.call(download_trajectory::call(&download_trajectory::Params { conversation_id })).await;
    tour.call(delete_conversation::call(&delete_conversation::Params { conversation_id })).await;
    Ok(())
}

async fn events_of(tour: &mut Tour, conversation_id: uuid::Uuid) {
    let page = tour.call(search_conversation_events::call(&events(conversation_id))).await;
    let count = count_conversation_events::Params::new(conversation_id);
    tour.call(count_conversation_events::call(&count)).await;
    let first = page.and_then(|page| page.items.into_iter().next());
    let Some(Event::SystemPromptEvent(event)) = first else { return };
    let event_id = event.id.unwrap_or_default();
    tour.call(get_conversation_event::call(&get_conversation_event::Params {
        event_id: event_id.clone(),
        conversation_id,
    }))
    .await;
    let params = batch_get_conversation_events::Params { conversation_id };
    tour.call(batch_get_conversation_events::call(&params, &vec![event_id])).await;
}

async fn commands(tour: &mut Tour) {
    let command = ExecuteBashRequest::new("echo hello");
    tour.call(execute_bash_command::call(&command)).await;
    let started = tour.call(start_bash_command::call(&command)).await;
    tour.call(search_bash_events::call(&Default::default())).await;
    let id = started.and_then(|command| command.id).unwrap_or_default();
    tour.call(get_bash_event::call(&get_bash_event::Params { event_id: id.clone() })).await;
    tour.call(batch_get_bash_events::call(&vec![id])).await;
    tour.call(clear_all_bash_events::call()).await;
}

async fn files(tour: &mut Tour) {
    let path = format!("{}/tour.txt", workspace());
    let file = runtime::File::new("tour.txt", b"a line\n".to_vec());
    let body = upload_file_query::Body { file: file.clone() };
    tour.call(upload_file_query::call(&upload_file_query::Params { path: path.clone() }, &body)).await;
    let body = upload_file_path::Body { file };
    tour.call(upload_file_path::call(&upload_file_path::Params { path: path.clone() }, &body)).await;
    tour.call(download_file_query::call(&download_file_query::Params { path: path.clone() })).await;
    tour.call(download_file_path::call(&download_file_path::Params { path: path.clone() })).await;
    let folder = workspace();
    tour.call(git_changes_query::call(&git_changes_query::Params { path: folder.clone() })).await;
    tour.call(git_changes_path::call(&git_changes_path::Params { path: folder })).await;
    tour.call(git_diff_query::call(&git_diff_query::Params { path: path.clone() })).await;
    tour.call(git_diff_path::call(&git_diff_path::Params { path })).await;
}
