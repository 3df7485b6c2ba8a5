import Primitives
import Web

/// Every institution requests what it needs; the supervisor approves.
struct DemoRequesting: Sendable {
    let client: DemoClient
    let members: DemoMembers
    let today: CalendarDate

    /// - Returns: the cycle's id.
    func run() async throws -> String {
        let cycle = try await client.post(
            "/requisition-cycles",
            .of([
                "name": .string("\(today) 演示周期"), "opensOn": .string("\(today)"), "closesOn": .string("\(today.adding(days: 7))"),
            ]), as: DemoCycle.supervisor)
        let id = try cycle.text("id")
        Terminal.say("请领周期 cycle \(try cycle.text("number"))")
        for member in members.facilities { try await request(member, in: id) }
        try await client.post("/requisition-cycles/\(id)/closure", as: DemoCycle.supervisor)
        return id
    }

    private func request(_ member: DemoMembers.Member, in cycle: String) async throws {
        let keeper = "keeper-\(member.code)"
        let opened = try await client.post(
            "/requisitions", .of(["store": .integer(member.pharmacy), "cycle": .string(cycle)]), as: keeper)
        let path = "/requisitions/\(try opened.text("id"))"
        let lines = try await client.get(path, as: keeper)["lines"]?.elements ?? []
        let suggested = try lines.filter { try $0.number("suggested") > 0 }
        if suggested.isEmpty, let line = lines.first {
            // Enough of everything: ask for a reserve, so that there is something to buy.
            _ = try await client.patch(
                "\(path)/lines",
                .of([
                    "version": .integer(try opened.number("version")),
                    "changes": [
                        .of([
                            "product": .integer(try line.number("product")),
                            "requested": .integer(try line.number("packSize") * 20),
                            "reason": "应急储备",
                        ])
                    ],
                ]), as: keeper)
        }
        try await submit(path, as: keeper)
        if member.isLead {
            try await client.post(
                "\(path)/return", .of(["version": .integer(try await version(path, keeper)), "reason": "请核对库存后再提交"]),
                as: DemoCycle.supervisor)
            try await submit(path, as: keeper)
        }
        try await client.post(
            "\(path)/approval", .of(["version": .integer(try await version(path, keeper)), "changes": []]), as: DemoCycle.supervisor
        )
        let returned = member.isLead ? ", returned once" : ""
        Terminal.say(
            "  请领 \(try opened.text("number")) \(member.name): \(lines.count) lines filled in, \(suggested.count) suggested\(returned), approved"
        )
        if let line = suggested.first, let why = line["explanationChinese"]?.string {
            Terminal.say("     \(try line.text("genericName")) \(try line.text("strength")): \(why)")
        }
    }

    private func submit(_ path: String, as keeper: String) async throws {
        try await client.post(
            "\(path)/submission", .of(["version": .integer(try await version(path, keeper))]), as: keeper)
    }

    private func version(_ path: String, _ person: String) async throws -> Int64 {
        guard let requisition = try await client.get(path, as: person)["requisition"] else {
            throw CommandFailure("\(path) answers no requisition")
        }
        return try requisition.number("version")
    }
}
