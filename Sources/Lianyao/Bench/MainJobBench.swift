import Formulary
import Foundation
import Parties
import PooledProcurement
import Postgres
import Primitives
import Requisitions

/// The two steps with a promised time: a requisition of 1,500 lines, a pool of 300 requisitions with 500 lines each.
struct MainJobBench: Sendable {
    static let productCount = 1_500
    static let storeCount = 300
    static let linesOfEach = 500

    let owner: Database
    let application: Database
    let now: Instant
    let rounds: Int

    /// - Returns: the report, line by line: minimum, median and maximum of each step, and its median as a multiple of a
    ///   baseline taken in the same run, a plain count of the rows it reads.
    func run() async throws -> [String] {
        let data = BenchData(productCount: Self.productCount, storeCount: Self.storeCount, today: now.businessDay)
        let consortium = try await owner.write { try data.load(in: $0) }
        try await publishFormulary(consortium)
        try await owner.write { _ = try $0.execute("ANALYZE") }
        return try await timeOpening(consortium) + timePooling(consortium, data)
    }

    private func publishFormulary(_ consortium: BenchData.Loaded) async throws {
        let keeper = principal(consortium, .formularyKeeper)
        try await application.write(as: consortium.id.tenant) { [now] transaction in
            let version = FormularyVersionID(UUID())
            let products = try transaction.query("SELECT product_id FROM formulary.product ORDER BY product_id") { row in
                try row["product_id"] as ProductID
            }
            _ = try DraftFormulary(id: version, note: "bench").run(in: transaction, by: keeper, at: now)
            _ = try PutFormularyEntries(
                version: version, entries: products.map { FormularyEntry(product: $0, levels: [.county, .township]) }
            ).run(in: transaction, by: keeper, at: now)
            _ = try PublishFormulary(version: version, validFrom: now.businessDay).run(in: transaction, by: keeper, at: now)
        }
    }

    private func timeOpening(_ consortium: BenchData.Loaded) async throws -> [String] {
        let (keeper, officer) = (principal(consortium, .storekeeper), principal(consortium, .procurementOfficer))
        let cycle = try await application.write(as: consortium.id.tenant) { [now] transaction in
            try OpenCycle(
                cycleID: CycleID(UUID()), name: "bench", opensOn: now.businessDay, closesOn: now.businessDay.adding(days: 30)
            ).run(in: transaction, by: officer, at: now)
        }
        var opened = Timings("a requisition of \(Self.productCount) lines opens, filled in, a year of history behind it")
        var counted = Timings("baseline: the days of that year are counted")
        for _ in 0..<rounds {
            let id = RequisitionID(UUID())
            try await opened.time {
                try await application.write(as: consortium.id.tenant) { [now] transaction in
                    _ = try OpenRequisition(requisitionID: id, store: consortium.stores[0], scope: .regular(cycle.id))
                        .run(in: transaction, by: keeper, at: now)
                }
            }
            try await application.write(as: consortium.id.tenant) { [now] transaction in
                _ = try CancelRequisition(requisitionID: id, reason: "bench").run(in: transaction, by: keeper, at: now)
            }
            try await counted.time {
                _ = try await application.read(as: consortium.id.tenant) { transaction in
                    try transaction.first(
                        """
                        SELECT count(*) AS rows, sum(consumed) AS consumed FROM stock_ledger.product_day
                         WHERE consortium_id = \(consortium.id) AND store_id = \(consortium.stores[0])
                        """
                    ) { try $0["rows"] as Int }
                }
            }
        }
        return [opened.report(against: counted), counted.report]
    }

    private func timePooling(_ consortium: BenchData.Loaded, _ data: BenchData) async throws -> [String] {
        let officer = principal(consortium, .procurementOfficer)
        var pooled = Timings("\(Self.storeCount) requisitions of \(Self.linesOfEach) lines are pooled")
        var summed = Timings("baseline: their lines are summed by product")
        for _ in 0..<rounds {
            let cycle = try await owner.write { [now] transaction in
                try data.loadApproved(in: transaction, consortium, lines: Self.linesOfEach, at: now)
            }
            try await summed.time {
                _ = try await application.read(as: consortium.id.tenant) { transaction in
                    try transaction.query(
                        """
                        SELECT product_id, sum(approved)::bigint AS quantity FROM requisitions.requisition_line
                          JOIN requisitions.requisition USING (consortium_id, requisition_id)
                         WHERE consortium_id = \(consortium.id) AND cycle_id = \(cycle) GROUP BY product_id
                        """
                    ) { try $0["quantity"] as BaseUnits }
                }
            }
            try await pooled.time {
                try await application.write(as: consortium.id.tenant) { [now] transaction in
                    _ = try PoolRequisitions(id: PoolID(UUID()), cycle: cycle).run(in: transaction, by: officer, at: now)
                }
            }
        }
        return [pooled.report(against: summed), summed.report]
    }

    private func principal(_ consortium: BenchData.Loaded, _ role: Role) -> Principal {
        Principal(
            consortium: consortium.id, person: consortium.person, name: "bench", facility: consortium.facility, company: nil,
            roles: [role])
    }
}
