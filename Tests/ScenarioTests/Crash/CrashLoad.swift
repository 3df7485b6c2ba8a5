import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Primitives
import TestSupport
import Web

/// A command of a storekeeper: sent until it has a definite answer, always with the same request id.
struct CrashCommand: Sendable {
    /// What it does to a store's stock of a product, in base units, once it is acknowledged.
    typealias Effect = [StockPlace: Int64]

    let requestID: UUID
    let path: String
    let body: String
    let keeper: String
    let effect: Effect
}

/// A store and a product, whichever batches and states.
struct StockPlace: Hashable, Sendable {
    let store: StoreID
    let product: ProductID
}

/// What clients were told.
actor CrashTally {
    struct Acknowledged: Sendable {
        let command: CrashCommand
        let answer: String
    }

    private(set) var acknowledged: [Acknowledged] = []
    private(set) var refused = 0
    private(set) var repeated = 0
    private(set) var isOver = false
    private var waiting: (count: Int, continuation: CheckedContinuation<Void, Never>)?

    func acknowledge(_ command: CrashCommand, _ answer: String) {
        acknowledged.append(Acknowledged(command: command, answer: answer))
        guard let waiting, acknowledged.count >= waiting.count else { return }
        waiting.continuation.resume()
        self.waiting = nil
    }

    func refuse() { refused += 1 }
    func noteRepeat() { repeated += 1 }
    func end() { isOver = true }

    /// Waits until so many more commands have been acknowledged. One caller at a time.
    func more(_ count: Int) async {
        await withCheckedContinuation { waiting = (acknowledged.count + count, $0) }
    }

    /// What every store must hold of every product.
    var expected: CrashCommand.Effect {
        acknowledged.reduce(into: [:]) { held, done in held.merge(done.command.effect, uniquingKeysWith: +) }
            .filter { $0.value != 0 }
    }
}

/// One storekeeper's program: it receives, issues, sends to the other store and takes in what it sent.
struct CrashClient: Sendable {
    /// What a command may be refused for: it was decided, and nothing happened.
    private static let refusals: Set = ["stock-ledger.insufficient-stock"]

    struct Unexpected: Error {
        let status: Int
        let text: String
    }

    let port: Int
    let world: SmallConsortium
    let tally: CrashTally

    /// Works until the storm is over.
    func run(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var transfers: [(id: UUID, to: Int)] = []
        while await !tally.isOver {
            let pharmacy = Int.random(in: 0...1, using: &random)
            let product = Int.random(in: 0...2, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1: _ = try await settle(receipt(product, in: pharmacy, &random))
            case 2, 3: _ = try await settle(issue(product, from: pharmacy, &random))
            case 4:
                let (command, id) = transfer(product, from: pharmacy, &random)
                if try await settle(command) { transfers.append((id, 1 - pharmacy)) }
            default:
                guard let arrived = transfers.popLast() else { continue }
                _ = try await settle(arrival(of: arrived.id, in: arrived.to, &random))
            }
        }
    }

    /// Sends a command until it is acknowledged or refused.
    ///
    /// - Returns: whether it was done.
    func settle(_ command: CrashCommand) async throws -> Bool {
        while true {
            guard let (status, text) = try? await send(command), status != 503 else {
                await tally.noteRepeat()
                try await backOff()
                continue
            }
            if status < 300 {
                await tally.acknowledge(command, text)
                return true
            }
            guard let code = try? JSONValue(parsing: text)["code"]?.string, Self.refusals.contains(code) else {
                throw Unexpected(status: status, text: text)
            }
            await tally.refuse()
            return false
        }
    }

    /// The moment between two tries that any client leaves to a service in trouble.
    private func backOff() async throws { try await ContinuousClock().sleep(for: .milliseconds(20)) }

    func send(_ command: CrashCommand) async throws -> (status: Int, text: String) {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)/api/v1\(command.path)")
        request.method = .POST
        request.headers.add(name: "Authorization", value: "Bearer dev:\(command.keeper)@small")
        request.headers.add(name: "Request-Id", value: command.requestID.uuidString)
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(Array(command.body.utf8))
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        return (Int(response.status.code), String(buffer: try await response.body.collect(upTo: 1 << 20)))
    }

    private func command(
        _ path: String, _ body: String, by pharmacy: Int, _ effect: CrashCommand.Effect, _ random: inout SeededGenerator
    ) -> CrashCommand {
        CrashCommand(
            requestID: UUID.version7(at: .ofTests, using: &random), path: path, body: body, keeper: "keeper\(pharmacy + 1)",
            effect: effect)
    }

    private func place(_ product: Int, in pharmacy: Int) -> StockPlace {
        StockPlace(store: world.pharmacies[pharmacy], product: world.products[product])
    }

    private func receipt(_ product: Int, in pharmacy: Int, _ random: inout SeededGenerator) -> CrashCommand {
        let quantity = Int64.random(in: 1...200, using: &random)
        let batch = Int.random(in: 1...4, using: &random)
        return command(
            "/stores/\(world.pharmacies[pharmacy])/opening-stock",
            """
            {"lines":[{"article":\(world.articles[product]),"batchNumber":"B\(batch)","expiresOn":"209\(batch)-12-31","quantity":\(quantity)}]}
            """, by: pharmacy, [place(product, in: pharmacy): quantity], &random)
    }

    private func issue(_ product: Int, from pharmacy: Int, _ random: inout SeededGenerator) -> CrashCommand {
        let quantity = Int64.random(in: 1...150, using: &random)
        return command(
            "/stores/\(world.pharmacies[pharmacy])/issues",
            #"{"ward":"one","lines":[{"product":\#(world.products[product]),"quantity":\#(quantity)}]}"#, by: pharmacy,
            [place(product, in: pharmacy): -quantity], &random)
    }

    private func transfer(_ product: Int, from pharmacy: Int, _ random: inout SeededGenerator) -> (CrashCommand, UUID) {
        let quantity = Int64.random(in: 1...80, using: &random)
        let id = UUID.version7(at: .ofTests, using: &random)
        let (from, to) = (world.pharmacies[pharmacy], world.pharmacies[1 - pharmacy])
        let body = #"""
            {"transfer":"\#(id)","from":\#(from),"to":\#(to),"reason":"short",
             "lines":[{"product":\#(world.products[product]),"quantity":\#(quantity)}]}
            """#
        let effect = [place(product, in: pharmacy): -quantity, place(product, in: 1 - pharmacy): quantity]
        return (command("/transfers", body, by: pharmacy, effect, &random), id)
    }

    private func arrival(of transfer: UUID, in pharmacy: Int, _ random: inout SeededGenerator) -> CrashCommand {
        command("/transfers/\(transfer)/receipt", #"{"missing":[],"reason":""}"#, by: pharmacy, [:], &random)
    }
}
