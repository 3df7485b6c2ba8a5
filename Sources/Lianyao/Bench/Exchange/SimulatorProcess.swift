import Foundation

/// A simulated platform in a process of its own, so that it shares neither memory nor threads with what is measured.
final class SimulatorProcess {
    static let institution = "H33010200001"
    /// Its secret, password, application code and authorisation code.
    static let secret = "simulator"

    /// `http://127.0.0.1:port`
    let address: String
    private let process: Process

    /// Starts it and waits until it listens.
    init() throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        process.arguments = ["platform-simulator", "--port", "0", "--institution", Self.institution, "--secret", Self.secret]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var said = ""
        while !said.contains("\n") {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { throw CommandFailure("The simulated platform ended before it listened.") }
            said += String(decoding: data, as: UTF8.self)
        }
        guard let begin = said.range(of: "http://"), let end = said[begin.upperBound...].firstIndex(of: "/") else {
            throw CommandFailure("The simulated platform does not say where it listens: \(said)")
        }
        address = String(said[begin.lowerBound..<end])
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
