import Curl
import Foundation

/// The `curl` program, with requests that are written to files beforehand.
struct CurlProgram {
    private let arguments: [String]
    private let count: Int

    /// - Parameter scratch: a directory for the bodies and the list of requests.
    init(_ requests: [CurlRequest], atOnce: Int, in scratch: String) throws {
        var list = ""
        for (place, request) in requests.enumerated() {
            let body = "\(scratch)/\(place)"
            try Data(request.body ?? []).write(to: URL(fileURLWithPath: body))
            if place > 0 { list += "next\n" }
            list += "url = \"\(request.url)\"\noutput = \"/dev/null\"\ndata-binary = \"@\(body)\"\n"
            list += "write-out = \"%{http_code}\\n\"\n"
            for header in request.headers { list += "header = \"\(header.name): \(header.value)\"\n" }
        }
        let path = "\(scratch)/requests"
        try list.write(toFile: path, atomically: false, encoding: .utf8)
        arguments = ["curl", "--silent", "--parallel", "--parallel-max", "\(atOnce)", "--config", path]
        count = requests.count
    }

    /// Sends them all.
    ///
    /// - Throws: ``CommandFailure`` unless each is answered with 200.
    func run() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let said = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let statuses = String(decoding: said, as: UTF8.self).split(separator: "\n")
        guard process.terminationStatus == 0, statuses.count == count, statuses.allSatisfy({ $0 == "200" }) else {
            throw CommandFailure("curl ended with \(process.terminationStatus) after \(statuses.count) of \(count) answers.")
        }
    }
}
