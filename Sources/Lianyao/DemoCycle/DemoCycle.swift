import Primitives
import Web

/// One turn of the main job in one consortium. Every step goes through the HTTP API.
struct DemoCycle: Sendable {
    let client: DemoClient
    /// How long a tender takes bids.
    let biddingSeconds: Int
    let platforms: DemoPlatforms
    let today = TimeSource.system.now.businessDay

    /// The person at the lead hospital who runs procurement, the one who approves, the one who reviews prescriptions.
    static let (officer, supervisor, pharmacist) = ("officer", "supervisor", "pharmacist")

    func run() async throws {
        let members = try await DemoMembers(client)
        Terminal.say(
            "\n== \(members.facilities.first?.name ?? client.consortium)：\(members.facilities.count) institutions, \(today)")
        let cycle = try await DemoRequesting(client: client, members: members, today: today).run()
        let tendering = DemoTendering(client: client, members: members, today: today, biddingSeconds: biddingSeconds)
        guard let tender = try await tendering.run(cycle: cycle) else { return }
        let orders = try await DemoOrdering(client: client, today: today).run(tender)
        Terminal.say("省平台 orders pushed to two platforms")
        try await platforms.exchange(client.consortium)
        try await DemoDelivering(client: client, members: members, today: today).run(orders)
        Terminal.say("发票 receipts told, invoices matched, accepted and paid")
        try await DemoPaying(client: client, platforms: platforms).run()
        Terminal.say("对账 orders, receipts and invoices compared")
        try await platforms.reconcile(client.consortium)
        try await DemoDispensing(client: client, members: members, today: today).run()
    }

    /// Runs `body` for each element, eight at a time, and gives the results in the order of the elements.
    static func inParallel<Element: Sendable, Value: Sendable>(
        _ elements: [Element], _ body: @escaping @Sendable (Element) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var results: [Int: Value] = [:]
            for (index, element) in elements.enumerated() {
                if index >= 8, let (done, value) = try await group.next() { results[done] = value }
                group.addTask { (index, try await body(element)) }
            }
            for try await (done, value) in group { results[done] = value }
            return elements.indices.compactMap { results[$0] }
        }
    }
}

/// The institutions of the consortium and their pharmacies.
struct DemoMembers: Sendable {
    struct Member: Sendable {
        let id: Int64
        let code: String
        let name: String
        let isLead: Bool
        let level: String
        let pharmacy: Int64
    }

    let facilities: [Member]

    init(_ client: DemoClient) async throws {
        let stores = try await client.all("/stores", as: DemoCycle.officer)
        facilities = try await client.all("/facilities", as: DemoCycle.officer).compactMap { facility in
            let id = try facility.number("id")
            guard let store = try stores.first(where: { try $0.number("facility") == id && $0.text("kind") == "pharmacy" }) else {
                return nil
            }
            return Member(
                id: id, code: try facility.text("code"), name: try facility.text("name"),
                isLead: try facility.text("role") == "lead", level: try facility.text("level"), pharmacy: try store.number("id"))
        }
        guard !facilities.isEmpty else {
            throw CommandFailure("The consortium \(client.consortium) has no pharmacy: run `lianyao demo load` first.")
        }
    }

    func facility(_ id: Int64) -> Member? { facilities.first { $0.id == id } }
}
