import Foundation
import Synchronization

/// A program that was started and has yet to be waited for.
final class RunningProgram: Sendable {
    private let process: pid_t
    private let output: Int32
    private let failure: String?
    /// Whether its process number may still be its own.
    private let isAlive: Mutex<Bool>

    init(process: pid_t, output: Int32) {
        (self.process, self.output, failure) = (process, output, nil)
        isAlive = Mutex(true)
    }

    /// One that could not be started.
    init(failed failure: String) {
        (process, output, self.failure) = (0, -1, failure)
        isAlive = Mutex(false)
    }

    /// Waits for its end. Called once.
    func outcome() -> ProgramOutcome {
        if let failure { return ProgramOutcome(status: 127, output: failure) }
        let bytes = readAll()
        close(output)
        return ProgramOutcome(
            status: status(), output: String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Asks it, and the programs it started in its process group, to end.
    func terminate() {
        isAlive.withLock { isAlive in
            if isAlive { kill(-process, SIGTERM) }
        }
    }

    private func readAll() -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(output, &buffer, buffer.count)
            if count > 0 {
                all += buffer[..<count]
            } else if count == 0 || errno != EINTR {
                return all
            }
        }
    }

    private func status() -> Int32 {
        // Its end is waited for without taking it away, so that the number stays its own until `terminate` knows.
        var information = siginfo_t()
        while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0, errno == EINTR {}
        return isAlive.withLock { isAlive in
            isAlive = false
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 {
                guard errno == EINTR else { return 127 }
            }
            let signal = status & 0x7F
            return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
        }
    }
}
