import Primitives
import Web

/// Suppliers' invoices are matched and accepted by themselves; a supervisor pays them, and sees settlements through.
struct DemoPaying: Sendable {
    let client: DemoClient
    let platforms: DemoPlatforms

    func run() async throws {
        // Receipts are told, then suppliers invoice what was accepted; what matches is accepted, and that is told.
        try await platforms.tell()
        try await platforms.exchange(client.consortium)
        try await platforms.tell()
        for platform in DemoPlatforms.codes {
            let accepted = try await client.all(
                "/platform-exchange/invoices?platform=\(platform)&state=accepted", as: DemoCycle.officer)
            let waiting = try await client.all(
                "/platform-exchange/invoices?platform=\(platform)&state=waiting", as: DemoCycle.officer)
            let due = try accepted.filter { $0["paidAt"]?.string == nil }.map { try $0.number("id") }
            for start in stride(from: 0, to: due.count, by: 500) {
                let part = due[start..<min(start + 500, due.count)]
                try await client.post(
                    "/platform-exchange/payments",
                    .of(["platform": .string(platform), "invoices": .array(part.map { .integer($0) })]),
                    as: DemoCycle.supervisor)
            }
            Terminal.say("  发票 \(platform): \(accepted.count) invoices accepted, \(due.count) paid now, \(waiting.count) waiting")
        }
        try await platforms.tell()
        for state in ["submitted", "passed"] {
            try await confirm(state)
            try await platforms.tell()
        }
    }

    /// Zhejiang does not show how a settlement stands: somebody looks at its pages.
    private func confirm(_ state: String) async throws {
        for platform in DemoPlatforms.codes {
            let answer = try await client.get("/platform-exchange/settlements?platform=\(platform)", as: DemoCycle.supervisor)
            let settlements = answer["items"]?.elements ?? []
            for settlement in settlements where settlement["state"]?.string == (state == "submitted" ? "filled" : "submitted") {
                try await client.post(
                    "/platform-exchange/settlements/\(try settlement.text("number"))/confirmation",
                    .of(["platform": .string(platform), "state": .string(state)]), as: DemoCycle.supervisor)
                Terminal.say("  结算 \(platform): \(try settlement.text("number")), \(try settlement.text("amount")) yuan, \(state)")
            }
        }
    }
}
