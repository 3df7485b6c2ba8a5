import Curl
import Foundation
import Testing

@Suite("Many requests at a time")
struct ManyTests {
    @Test("a request that has a connection of its own shares it with none before and none after", arguments: [false, true])
    func ownConnection(isOwn: Bool) async throws {
        try await ScriptedServer.run({ _ in [.answer("fine")] }) { server in
            try await withClient { client in
                for hasOwn in [false, isOwn, false, false] {
                    var request = ask("POST", server.url(), body: [1])
                    request.hasOwnConnection = hasOwn
                    _ = try await client.send(request)
                }
                #expect(client.statistics.connectionsMade == (isOwn ? 2 : 1))
            }
        }
    }

    @Test("a server gets so many at a time, in the order they came")
    func perServer() async throws {
        try await ScriptedServer.run({ _ in [.wait(milliseconds: 10), .answer("x")] }) { server in
            var configuration = CurlConfiguration()
            configuration.perServerMax = 3
            try await withClient(configuration) { client in
                try await withThrowingTaskGroup { group in
                    for number in 0..<60 {
                        group.addTask { _ = try await client.send(ask("POST", server.url("/\(number)"), body: [1])) }
                    }
                    try await group.waitForAll()
                }
                #expect(client.statistics.handlesMade == 3 && client.statistics.connectionsMade == 3)
            }
            #expect(server.counts.workingMost == 3 && server.counts.openMost == 3 && server.seen.count == 60)
        }
    }

    @Test("a server that is stuck delays no other")
    func stuck() async throws {
        try await ScriptedServer.run({ _ in [.wait(milliseconds: 60_000)] }) { stuck in
            try await ScriptedServer.run({ _ in [.answer("x")] }) { quick in
                try await withClient { client in
                    let waiting = (0..<100).map { _ in Task { try await client.send(ask("POST", stuck.url(), body: [1])) } }
                    await stuck.waits { $0.working == 8 }
                    while client.statistics.waiting < 92 { await Task.yield() }
                    for _ in 0..<50 {
                        let answer = try await client.send(ask("POST", quick.url(), body: [1]))
                        #expect(answer.status == 200)
                    }
                    #expect(client.statistics.waiting == 92 && client.statistics.underWay == 8)
                    #expect(stuck.seen.count == 8)
                    for task in waiting { task.cancel() }
                    for task in waiting { await #expect(throws: CurlError.self) { try await task.value } }
                    #expect(client.statistics.waiting == 0 && client.statistics.underWay == 0 && client.statistics.failed == 100)
                }
            }
        }
    }

    @Test("more than may wait are refused at once")
    func tooMany() async throws {
        try await ScriptedServer.run({ _ in [.wait(milliseconds: 60_000)] }) { server in
            var configuration = CurlConfiguration()
            configuration.perServerMax = 1
            configuration.waitingMax = 2
            try await withClient(configuration) { client in
                let first = Task { try await client.send(ask("GET", server.url())) }
                await server.waits { $0.working == 1 }
                let refused = await withTaskGroup(of: CurlError.Kind?.self) { group in
                    for _ in 0..<5 {
                        group.addTask {
                            do throws(CurlError) { _ = try await client.send(ask("GET", server.url())) } catch {
                                return error.kind
                            }
                            return nil
                        }
                    }
                    var refused = 0
                    for await kind in group where kind == .tooManyWaiting {
                        refused += 1
                        if refused == 3 { group.cancelAll() }
                    }
                    return refused
                }
                #expect(refused == 3)
                first.cancel()
                await #expect(throws: CurlError.self) { try await first.value }
            }
        }
    }

    @Test("a cancelled request ends at once: before it begins, while it waits, and under way")
    func cancels() async throws {
        try await ScriptedServer.run({ _ in [.wait(milliseconds: 60_000)] }) { server in
            try await withClient { client in
                let early = Task {
                    await withUnsafeContinuation { $0.resume() }
                    withUnsafeCurrentTask { $0?.cancel() }
                    return try await client.send(ask("GET", server.url("/early")))
                }
                await #expect(throws: CurlError.self) { try await early.value }
                #expect(server.seen.isEmpty)
                let task = Task { try await client.send(ask("POST", server.url(), body: [1])) }
                await server.waits { $0.working == 1 }
                task.cancel()
                let error = await #expect(throws: CurlError.self) { try await task.value }
                #expect(error?.kind == .cancelled && error?.mayHaveArrived == true)
                await server.waits { $0.open == 0 }
                let streaming = Task {
                    try await client.stream(ask("GET", server.url())) { _, _ in }
                }
                await server.waits { $0.working == 1 }
                streaming.cancel()
                #expect(await #expect(throws: CurlError.self) { try await streaming.value }?.kind == .cancelled)
            }
        }
    }

    @Test("who waits when the client is closed hears of it, and so does who comes later")
    func closes() async throws {
        try await ScriptedServer.run({ _ in [.wait(milliseconds: 60_000)] }) { server in
            let client = CurlClient()
            let tasks = (0..<20).map { _ in Task { try await client.send(ask("POST", server.url(), body: [1])) } }
            await server.waits { $0.working == 8 }
            await client.close()
            for task in tasks {
                let error = await #expect(throws: CurlError.self) { try await task.value }
                #expect(error?.kind == .closed)
            }
            let late = try await failure(of: ask("GET", server.url()), by: client)
            #expect(late.kind == .closed)
            await client.close()
            #expect(client.statistics.handlesMade == client.statistics.handlesFreed && client.statistics.underWay == 0)
        }
    }

    @Test("a client that is forgotten lets its connections go")
    func forgotten() async throws {
        try await ScriptedServer.run({ _ in [.answer("x")] }) { server in
            _ = try await CurlClient().send(ask("GET", server.url()))
            await server.waits { $0.connections == 1 && $0.open == 0 }
        }
    }

    /// `LIANYAO_REQUESTS` says how many; `scripts/requests` sends a hundred thousand, alone, so that memory can be watched as well.
    @Test("thousands of requests, some of them broken, leave neither handles nor connections nor memory behind")
    func leavesNothing() async throws {
        try await ScriptedServer.run(
            { request in
                switch request.body.first.map({ $0 % 50 }) {
                case 0: [.reset]
                case 1: [.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), .close]
                default: [.answer(body: request.body)]
                }
            }, keepsRequests: false
        ) { server in
            try await withClient { client in
                let told = ProcessInfo.processInfo.environment["LIANYAO_REQUESTS"].flatMap { Int($0) }
                let count = told ?? 4_800
                var early = 0
                for round in 0..<4 {
                    try await withThrowingTaskGroup { group in
                        for worker in 0..<8 {
                            group.addTask {
                                for number in 0..<count / 32 {
                                    let body = [UInt8](repeating: UInt8(truncatingIfNeeded: number + worker), count: 1_000)
                                    do throws(CurlError) {
                                        let answer = try await client.send(ask("POST", server.url(), body: body))
                                        #expect(answer.body == body)
                                    } catch {
                                        #expect(error.kind == .broken && body[0] % 50 < 2)
                                    }
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                    if round == 0 { early = try Self.residentPages() }
                }
                let statistics = client.statistics
                #expect(statistics.answered + statistics.failed == count)
                #expect(statistics.handlesMade <= 8 && statistics.underWay == 0 && statistics.waiting == 0)
                if told != nil { #expect(try Self.residentPages() - early < 4_000, "16 MB") }
                await server.waits { $0.open <= 8 }
            }
        }
    }

    /// Pages of memory the process holds (`/proc/self/statm`).
    private static func residentPages() throws -> Int {
        let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    }
}
