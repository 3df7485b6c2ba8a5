import Curl
import Foundation
import PlatformMessages
import Primitives

/// The HTTP client beside `curl --parallel`: the same requests, to the byte, in turns.
struct ClientTurns: Sendable {
    let requests: Int
    let atOnce: Int
    let rounds: Int

    private static let platform = "zhejiang-drugs"
    private static let linesOfEach = 40

    func run(home: Home, at server: String) async throws {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("lianyao-bench-curl-\(getpid())").path
        try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: scratch) }
        var configuration = CurlConfiguration()
        configuration.perServerMax = atOnce
        let client = CurlClient(configuration)
        let prepared = try await prepare(home, at: "\(server)/\(Self.platform)", by: client)
        let program = try CurlProgram(prepared, atOnce: atOnce, in: scratch)
        var (ours, theirs) = (Timings("client"), Timings("curl --parallel"))
        var shares: [Int64] = []
        // The first turn of each makes the orders; those that follow are told the same again.
        try await send(prepared, by: client)
        try program.run()
        for _ in 0..<rounds {
            var (our, their) = (Timings(""), Timings(""))
            try await our.time { try await send(prepared, by: client) }
            try await their.time { try program.run() }
            shares.append(their.percentile(0) * 100 / max(1, our.percentile(0)))
            ours.add(our)
            theirs.add(their)
        }
        await client.close()
        let bytes = prepared.reduce(0) { $0 + ($1.body?.count ?? 0) } / prepared.count
        Terminal.say("\(requests) orders of \(Self.linesOfEach) lines, \(bytes) bytes each, \(atOnce) at a time")
        Terminal.say(ours.report)
        Terminal.say(theirs.report)
        let sorted = shares.sorted()
        Terminal.say(
            "the client reaches \(sorted[sorted.count / 2]) % of curl's throughput in the median round, "
                + "\(sorted.first ?? 0) to \(sorted.last ?? 0) %")
    }

    /// Whole requests, signed and with a token.
    private func prepare(_ home: Home, at address: String, by client: CurlClient) async throws -> [CurlRequest] {
        let dialect = try PlatformsOnDisk(home: home, secretsDirectory: "").simulated(Self.platform)
        var stamp = PlatformStamp(at: TimeSource.system.now, message: "")
        if let request = try dialect.tokenRequest(stamped: stamp) {
            let answer = try await client.send(Self.http(request, at: address))
            guard case .token(let token, _) = dialect.token(in: PlatformAnswer(status: answer.status, body: answer.body)) else {
                throw CommandFailure("The simulated platform gives no token.")
            }
            stamp.token = token
        }
        return try (1...requests).map { number in
            Self.http(try dialect.request(telling: .createOrder(order(number)), stamped: stamp), at: address)
        }
    }

    private func order(_ number: Int) -> PlatformOrder {
        PlatformOrder(
            number: "CG-2026-\(number)", deliveryPoint: "PSD0001",
            lines: (1...Self.linesOfEach).map { line in
                PlatformOrderLine(
                    number: line, product: "XN\(1_000_000_000_000 + line)", supplier: "91330100799655058B",
                    supplierName: "supplier",
                    packs: Int64(line), packPrice: Money(tenThousandths: 125_000), purchaseKind: "1")
            })
    }

    private static func http(_ request: PlatformRequest, at address: String) -> CurlRequest {
        CurlRequest(
            "POST", address + request.path, headers: request.headers.map { CurlHeader($0.name, $0.value) }, body: request.body)
    }

    private func send(_ prepared: [CurlRequest], by client: CurlClient) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (place, request) in prepared.enumerated() {
                if place >= atOnce { try await group.next() }
                group.addTask {
                    let status = try await client.send(request).status
                    guard status == 200 else { throw CommandFailure("The simulated platform answers with \(status).") }
                }
            }
            try await group.waitForAll()
        }
    }
}
