import Foundation
import Synchronization

/// A run of the program that has been started.
final class StartedProgram: Sendable {
    struct NotSaid: Error {
        let wanted: String
        let output: String
        let errors: String
    }

    struct NotStarted: Error {
        let number: Int32
    }

    private let process: pid_t
    private let output: Int32
    private let errorFile: String
    private let ended: Task<Int32, Never>
    private let said = Mutex<[UInt8]>([])

    /// The executable stands beside the test bundle.
    private static let executable: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: tests).deletingLastPathComponent().path + "/lianyao"
    }()

    /// - Parameter variables: `NAME=value`, besides the few that every program needs.
    init(_ arguments: [String], home: String, variables: [String] = []) throws {
        errorFile = "\(NSTemporaryDirectory())/lianyao-cli-\(UUID().uuidString).errors"
        var ends: [Int32] = [-1, -1]
        // Sockets instead of a pipe: closed on exec from the start, whatever other tests start meanwhile.
        let type = Int32(bitPattern: SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw NotStarted(number: errno) }
        output = ends[0]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, errorFile, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        var words = Self.copies([Self.executable] + arguments)
        var environment = Self.copies(["PATH=/usr/bin:/bin", "LIANYAO_HOME=\(home)"] + variables)
        defer {
            for word in words + environment { free(word) }
            posix_spawn_file_actions_destroy(&actions)
            close(ends[1])
        }
        var started: pid_t = 0
        let number = posix_spawn(&started, Self.executable, &actions, nil, &words, &environment)
        guard number == 0 else {
            close(ends[0])
            throw NotStarted(number: number)
        }
        process = started
        ended = Task { [started] in
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: Self.codeAtEnd(of: started)) }
            }
        }
    }

    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        texts.map { text in strdup(text) } + [nil]
    }

    /// Waits for a process; the code is 128 and the signal's number when a signal ended it, as in a shell.
    private static func codeAtEnd(of process: pid_t) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    deinit {
        close(output)
        try? FileManager.default.removeItem(atPath: errorFile)
    }

    /// Waits until the program has said `words`, and gives what follows them on the line.
    @discardableResult
    func wait(for words: String) async throws -> String {
        let said = await read { text in
            guard let place = text.range(of: words) else { return false }
            return text[place.upperBound...].contains(where: \.isNewline)
        }
        guard let place = said.range(of: words) else { throw NotSaid(wanted: words, output: said, errors: errors) }
        return said[place.upperBound...].prefix { !$0.isNewline }.trimmingCharacters(in: .whitespaces)
    }

    func send(_ signal: Int32) { kill(process, signal) }

    /// Waits for the end.
    func outcome() async -> ProgramUnderTest.Outcome {
        let said = await read { _ in false }
        return ProgramUnderTest.Outcome(code: await ended.value, output: said, errors: errors)
    }

    private var errors: String { (try? String(contentsOfFile: errorFile, encoding: .utf8)) ?? "" }

    /// Reads standard output until it has said enough, or its end.
    ///
    /// - Returns: everything it has said since it was started.
    private func read(until isEnough: @escaping @Sendable (String) -> Bool) async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                var buffer = [UInt8](repeating: 0, count: 4_096)
                while true {
                    let text = String(decoding: said.withLock { $0 }, as: UTF8.self)
                    if isEnough(text) { return continuation.resume(returning: text) }
                    let count = Foundation.read(output, &buffer, buffer.count)
                    if count <= 0 { return continuation.resume(returning: text) }
                    said.withLock { $0 += buffer[..<count] }
                }
            }
        }
    }
}
