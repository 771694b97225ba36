//! Worker processes of this program: they read the files of formats that others made, one at a time,
//! within limits of time and memory. A worker watches its own time; one that does not even do that is
//! ended from here. One that ended is replaced when the next file needs it.

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use wenmai::error::Refusal;
use wenmai::ingest::worker::{Allowance, Host, Workers, receive, send};
use wenmai::ingest::{allowance, answer};

/// The argument by which the program knows that it is a worker.
pub(crate) const ARGUMENT: &str = "--worker-process";

/// The exit code of a worker whose file took too long.
const TOO_LONG: i32 = 3;

/// The workers of this process.
pub(crate) fn workers() -> Workers {
    static POOL: OnceLock<Arc<Pool>> = OnceLock::new();
    let pool = POOL.get_or_init(Arc::default);
    Workers::new(Arc::clone(pool) as Arc<dyn Host>)
}

/// Workers that wait for a file.
#[derive(Default)]
struct Pool {
    idle: Mutex<Vec<Process>>,
}

struct Process {
    child: Child,
    line: Line,
}

/// What a worker has longer than its own limit, to start and to end itself.
const GRACE: Duration = Duration::from_secs(5);

impl Host for Pool {
    fn ask(&self, request: &[u8], allowed: Allowance) -> Option<Result<Vec<u8>, Refusal>> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let process = match idle {
            Some(process) => process,
            None => Process::start().ok()?,
        };
        match process.line.ask(request.to_vec(), allowed.time.saturating_add(GRACE)) {
            Reply::Answer(answer) => {
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(process);
                Some(Ok(answer))
            }
            Reply::Gone => Some(Err(process.end())),
            Reply::Late => {
                process.end();
                Some(Err(Refusal::TookTooLong))
            }
        }
    }
}

/// The two pipes of a worker, served by a thread: whoever asks can stop waiting.
struct Line {
    requests: Sender<Vec<u8>>,
    replies: Receiver<Option<Vec<u8>>>,
}

/// What came of a request.
#[derive(Debug, PartialEq, Eq)]
enum Reply {
    Answer(Vec<u8>),
    /// The worker has ended.
    Gone,
    /// No answer in time.
    Late,
}

impl Line {
    fn new(mut to: impl Write + Send + 'static, mut from: impl Read + Send + 'static) -> Self {
        let (requests, asked) = mpsc::channel::<Vec<u8>>();
        let (answer, replies) = mpsc::channel();
        std::thread::spawn(move || {
            for request in asked {
                let reply =
                    send(&mut to, &request).and_then(|()| receive(&mut from)).ok().flatten();
                let is_over = reply.is_none();
                if answer.send(reply).is_err() || is_over {
                    return;
                }
            }
        });
        Self { requests, replies }
    }

    fn ask(&self, request: Vec<u8>, time: Duration) -> Reply {
        if self.requests.send(request).is_err() {
            return Reply::Gone;
        }
        match self.replies.recv_timeout(time) {
            Ok(Some(answer)) => Reply::Answer(answer),
            Ok(None) | Err(RecvTimeoutError::Disconnected) => Reply::Gone,
            Err(RecvTimeoutError::Timeout) => Reply::Late,
        }
    }
}

impl Process {
    fn start() -> io::Result<Self> {
        // The file of a program that was replaced while it ran is still there by this name.
        let own = std::path::Path::new("/proc/self/exe");
        let program = if own.exists() { own.to_owned() } else { std::env::current_exe()? };
        let mut child = Command::new(program)
            .arg(ARGUMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let to = child.stdin.take().ok_or_else(gone)?;
        let from = child.stdout.take().ok_or_else(gone)?;
        Ok(Self { child, line: Line::new(to, from) })
    }

    /// Ends it, and says why it ended where it did so itself.
    fn end(mut self) -> Refusal {
        // One that has ended keeps its own code; one that hangs closes its pipes now.
        let _ = self.child.kill();
        let mut said = Vec::new();
        if let Some(stderr) = self.child.stderr.take() {
            let _ = stderr.take(SAID).read_to_end(&mut said);
        }
        let status = self.child.wait();
        match status.ok().and_then(|status| status.code()) {
            Some(TOO_LONG) => Refusal::TookTooLong,
            _ if String::from_utf8_lossy(&said).contains("memory allocation") => {
                Refusal::TooMuchMemory
            }
            _ => Refusal::ReaderFailed,
        }
    }
}

/// Bytes of a worker's last words that are listened to.
const SAID: u64 = 64 << 10;

/// What a worker process does until its input ends.
pub(crate) fn run() -> ExitCode {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let watch = Watch::start();
    let own = memory::own();
    while let Ok(Some(request)) = receive(&mut input) {
        let allowed = allowance(&request);
        if let Some(allowed) = allowed {
            watch.begin(allowed);
            memory::limit(own.saturating_add(allowed.memory));
        }
        let answer = answer(&request);
        watch.end();
        if send(&mut output, &answer).is_err() {
            break;
        }
    }
    let _ = output.flush();
    ExitCode::SUCCESS
}

/// Ends the process when a file takes too long, also when nobody waits for the answer any more.
struct Watch {
    sender: mpsc::Sender<Option<Allowance>>,
}

impl Watch {
    fn start() -> Self {
        let (sender, receiver) = mpsc::channel::<Option<Allowance>>();
        std::thread::spawn(move || {
            let mut allowed = None::<Allowance>;
            loop {
                let next = match allowed {
                    Some(Allowance { time, .. }) => match receiver.recv_timeout(time) {
                        Ok(next) => next,
                        Err(RecvTimeoutError::Timeout) => std::process::exit(TOO_LONG),
                        Err(RecvTimeoutError::Disconnected) => return,
                    },
                    None => match receiver.recv() {
                        Ok(next) => next,
                        Err(_) => return,
                    },
                };
                allowed = next;
            }
        });
        Self { sender }
    }

    fn begin(&self, allowed: Allowance) {
        let _ = self.sender.send(Some(allowed));
    }

    fn end(&self) {
        let _ = self.sender.send(None);
    }
}

/// Limits of memory, where the system has them.
mod memory {
    /// Bytes of addresses that this process has.
    #[cfg(target_os = "linux")]
    pub(super) fn own() -> u64 {
        let pages = std::fs::read_to_string("/proc/self/statm").ok();
        let pages = pages.and_then(|pages| pages.split(' ').next()?.parse::<u64>().ok());
        pages.unwrap_or(USUAL) * rustix::param::page_size() as u64
    }

    /// Pages of a process that has just started, about.
    #[cfg(target_os = "linux")]
    const USUAL: u64 = 32 << 10;

    /// Bytes of addresses that this process has, about.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn own() -> u64 {
        1 << 30
    }

    /// Lets this process have `bytes` of addresses; what asks for more ends it.
    #[cfg(unix)]
    pub(super) fn limit(bytes: u64) {
        use rustix::process::{Resource, getrlimit, setrlimit};
        let known = getrlimit(Resource::As);
        let current = Some(known.maximum.map_or(bytes, |most| bytes.min(most)));
        let _ = setrlimit(Resource::As, rustix::process::Rlimit { current, ..known });
    }

    /// Other systems have no such limit; time and size still hold.
    #[cfg(not(unix))]
    pub(super) fn limit(_: u64) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe whose other end says nothing until it is dropped.
    struct Silent(Receiver<()>);

    impl Read for Silent {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            let _ = self.0.recv();
            Ok(0)
        }
    }

    #[test]
    fn a_worker_that_never_answers_is_given_up() {
        let (alive, silence) = mpsc::channel();
        let line = Line::new(io::sink(), Silent(silence));
        assert_eq!(line.ask(b"file".to_vec(), Duration::ZERO), Reply::Late);
        // It is killed: its pipe ends, and so does the thread that serves it.
        drop(alive);
        assert_eq!(line.replies.recv(), Ok(None));
        assert_eq!(line.ask(b"file".to_vec(), Duration::MAX), Reply::Gone);
    }

    #[test]
    fn a_worker_that_answers_is_asked_again() {
        let mut answers = Vec::new();
        for answer in ["one", "two"] {
            send(&mut answers, answer.as_bytes()).unwrap();
        }
        let line = Line::new(io::sink(), io::Cursor::new(answers));
        for answer in ["one", "two"] {
            let reply = line.ask(b"file".to_vec(), Duration::MAX);
            assert_eq!(reply, Reply::Answer(answer.as_bytes().to_vec()));
        }
        assert_eq!(line.ask(b"file".to_vec(), Duration::MAX), Reply::Gone);
    }

    #[test]
    fn a_worker_that_breaks_off_is_gone() {
        let mut answer = Vec::new();
        send(&mut answer, b"answer").unwrap();
        answer.truncate(10);
        let line = Line::new(io::sink(), io::Cursor::new(answer));
        assert_eq!(line.ask(b"file".to_vec(), Duration::MAX), Reply::Gone);
    }
}
