import Foundation

/// A program run to its end, with what it wrote.
struct ProgramOutcome: Sendable {
    let status: Int32
    /// Standard output and standard error, as they came, without blank ends.
    let output: String

    var succeeded: Bool { status == 0 }
}

/// Starts programs with a small environment, in a process group of their own, so that Ctrl-C in the terminal
/// stays with this program.
enum Program {
    static let path = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"

    private static let env = "/usr/bin/env"

    /// Runs `command` and waits for it. The status is 127 when the program cannot be started.
    static func run(_ command: [String]) -> ProgramOutcome { start(command).outcome() }

    /// Runs `command` without blocking the task; ends it, and what it started, when the task is cancelled.
    ///
    /// - Throws: `CancellationError` when the task was cancelled meanwhile.
    static func runCancellably(_ command: [String]) async throws -> ProgramOutcome {
        let running = start(command)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: running.outcome()) }
            }
        } onCancel: {
            running.terminate()
        }
        try Task.checkCancellation()
        return outcome
    }

    private static func start(_ command: [String]) -> RunningProgram {
        var ends: [Int32] = [-1, -1]
        // A pair of sockets instead of a pipe: it is closed on exec from the start, whatever else is started meanwhile.
        let type = Int32(bitPattern: SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { return RunningProgram(failed: reason(errno)) }
        let started = spawn(command, output: ends[1])
        close(ends[1])
        switch started {
        case .success(let process): return RunningProgram(process: process, output: ends[0])
        case .failure(let failure):
            close(ends[0])
            return RunningProgram(failed: "\(command.first ?? ""): \(reason(failure.number))")
        }
    }

    /// The system's words for an error number.
    static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

    private struct SpawnFailure: Error { let number: Int32 }

    private static func spawn(_ command: [String], output: Int32) -> Result<pid_t, SpawnFailure> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)
        // A server outlives this program when it is killed, and must not keep its files, sockets and locks open.
        for file in openFiles where file > 2 { posix_spawn_file_actions_addclose(&actions, file) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGALRM, SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD] {
            sigaddset(&signals, signal)
        }
        posix_spawnattr_setsigdefault(&attributes, &signals)

        // The working directory may be closed to the user the program runs as.
        var arguments = copies([env, "--chdir=/"] + command)
        var environment = copies(["PATH=\(path)", "LC_ALL=C", "HOME=/"])
        defer { for copy in arguments + environment { free(copy) } }
        var process: pid_t = 0
        let number = posix_spawn(&process, env, &actions, &attributes, &arguments, &environment)
        return number == 0 ? .success(process) : .failure(SpawnFailure(number: number))
    }

    /// The numbers of this program's open files; closing one that is gone by then is no failure of a spawn.
    private static var openFiles: [Int32] {
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        return numbers.compactMap { Int32($0) }
    }

    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { text in strdup(text) } + [nil]
    }
}
