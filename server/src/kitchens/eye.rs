//! Makes gray frames of a segment with the system's ffmpeg: a process of its own, because decoders of films are where memory
//! faults live. It gets bytes on a pipe and gives bytes on a pipe; it may open no file and no network, and is ended when time
//! is over or nobody waits any more.

use std::{
    ffi::OsString,
    io::{Read, Write},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use app::domain::stream::{CELLS, HEIGHT, Luma, WIDTH};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

use super::Container;

/// Decoders that kitchens use; all others are closed.
const DECODERS: &str = "h264,hevc,mpeg4,aac,mp2,mp3,ac3,pcm_alaw,pcm_mulaw";

/// How much looking may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Processes at once
    pub processes: usize,
    /// Seconds of one
    pub time: Duration,
    /// Frames of one look
    pub frames: usize,
    /// Bytes of address space of one
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { processes: cores.clamp(1, 4), time: Duration::from_secs(8), frames: 8, memory: 1 << 30 }
    }
}

/// Why there are no frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EyeFault {
    /// There is no ffmpeg on this machine
    #[error("no ffmpeg")]
    Missing,
    /// It did not start or broke off
    #[error("ffmpeg failed")]
    Failed,
    /// Time is over
    #[error("too slow")]
    Slow,
    /// Not one frame could be decoded
    #[error("no frame decodes")]
    Nothing,
}

/// Looks at pictures. Cloning is cheap.
#[derive(Clone)]
pub struct Eye {
    program: Option<Arc<Program>>,
    slots: Arc<Semaphore>,
    limits: Limits,
}

struct Program {
    ffmpeg: PathBuf,
    /// Sets limits of memory and time, where the system has it (util-linux)
    prlimit: Option<PathBuf>,
}

impl Eye {
    /// With the ffmpeg of `PATH`; looked for once.
    #[must_use]
    pub fn find(limits: Limits) -> Self {
        let program = find("ffmpeg").map(|ffmpeg| Arc::new(Program { ffmpeg, prlimit: find("prlimit") }));
        Self { program, slots: Arc::new(Semaphore::new(limits.processes)), limits }
    }

    /// As on a machine without ffmpeg.
    #[must_use]
    pub fn missing() -> Self {
        Self { program: None, slots: Arc::new(Semaphore::new(1)), limits: Limits::default() }
    }

    /// Whether pictures can be looked at.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.program.is_some()
    }

    /// Key frames of segments of one stream, one behind the other; for MP4 the initialisation section comes first. Where there
    /// are not two of them to compare, frames between are taken too, every fifth.
    ///
    /// # Errors
    /// [`EyeFault`].
    pub async fn frames(&self, container: Container, pieces: &[Vec<u8>]) -> Result<Vec<Luma>, EyeFault> {
        let program = self.program.clone().ok_or(EyeFault::Missing)?;
        let _slot = self.slots.acquire().await.map_err(|_| EyeFault::Failed)?;
        let keys = self.run(&program, container, pieces.concat(), true).await?;
        if keys.len() > 1 {
            return Ok(keys);
        }
        let all = self.run(&program, container, pieces.concat(), false).await?;
        if all.is_empty() && keys.is_empty() {
            Err(EyeFault::Nothing)
        } else {
            Ok(if all.is_empty() { keys } else { all })
        }
    }

    async fn run(
        &self,
        program: &Program,
        container: Container,
        input: Vec<u8>,
        only_keys: bool,
    ) -> Result<Vec<Luma>, EyeFault> {
        let mut child = program.command(container, self.limits, only_keys).spawn().map_err(|_| EyeFault::Failed)?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let running = Running(child);
        let (Some(mut stdin), Some(stdout)) = (stdin, stdout) else { return Err(EyeFault::Failed) };
        // it may stop reading before the end: it has its frames
        let writing = spawn_blocking(move || drop(stdin.write_all(&input)));
        let most = self.limits.frames * CELLS;
        let reading = spawn_blocking(move || {
            let mut bytes = Vec::with_capacity(most);
            stdout.take(most as u64).read_to_end(&mut bytes).map(|_| bytes)
        });
        let bytes = timeout(self.limits.time, reading).await.map_err(|_| EyeFault::Slow)?;
        drop(running);
        let _ = writing.await;
        let bytes = bytes.map_err(|_| EyeFault::Failed)?.map_err(|_| EyeFault::Failed)?;
        Ok(bytes.chunks_exact(CELLS).filter_map(Luma::from_bytes).collect())
    }
}

impl Program {
    fn command(&self, container: Container, limits: Limits, only_keys: bool) -> Command {
        let mut command = match &self.prlimit {
            None => Command::new(&self.ffmpeg),
            Some(prlimit) => {
                let mut command = Command::new(prlimit);
                command.arg(format!("--as={}", limits.memory)).arg(format!("--cpu={}", limits.time.as_secs().max(1)));
                command.args(["--core=0", "--fsize=0", "--nofile=64", "--"]).arg(&self.ffmpeg);
                command
            }
        };
        command.args(["-nostdin", "-hide_banner", "-v", "quiet", "-threads", "1", "-protocol_whitelist", "pipe"]);
        command.args(["-codec_whitelist", DECODERS, "-max_alloc", "268435456", "-probesize", "1000000"]);
        if only_keys {
            command.args(["-skip_frame", "nokey"]);
        }
        // the kind is told, so that nothing of the content chooses another reader (playlists, lists of files …)
        command.args(["-f", container.demuxer(), "-i", "pipe:0", "-map", "0:v:0", "-an", "-sn", "-dn"]);
        let fifth = if only_keys { "" } else { "select=not(mod(n\\,5))," };
        let filter = format!("{fifth}scale={WIDTH}:{HEIGHT}:flags=area,format=gray");
        command.args(["-vf", &filter, "-vsync", "0", "-frames:v", &limits.frames.to_string()]);
        command.args(["-f", "rawvideo", "pipe:1"]);
        command.env_clear().current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }
}

/// Ends its process when it is dropped, so that nothing is left of a look that was given up.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A program of `PATH`.
fn find(name: &str) -> Option<PathBuf> {
    let path: OsString = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_absolute() && is_program(file))
}

#[cfg(unix)]
fn is_program(file: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &std::path::Path) -> bool {
    file.is_file()
}
