import Codes
import Dispensing
import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

/// Amoxicillin, prefix 8385793, comes in packs of 28; amlodipine, prefix 8400001, in packs of 30.
@Suite("Trace codes")
struct TraceCodeTests {
    static func code(_ serial: Int, prefix: String = "8385793") -> String {
        let digits = String(serial)
        return prefix + String(repeating: "0", count: 13 - digits.count) + digits
    }

    private func scans(_ serials: Int...) -> [TraceScan] { serials.map { TraceScan(code: Self.code($0)) } }

    private func register(_ clinic: Clinic, _ prefix: String = "8385793", product: Int = 0, level: Int = 1) async throws {
        let article = clinic.consortium.articles[product]
        try await clinic.write { transaction in
            _ = try RegisterTracePrefix(prefix: TracePrefix(prefix: prefix, article: article, level: level))
                .run(in: transaction, by: clinic.pharmacist, at: .ofTests)
        }
    }

    @discardableResult
    private func record(_ clinic: Clinic, _ codes: [String], of batch: BatchID, in store: StoreID? = nil, by keeper: Int = 0)
        async throws -> Int
    {
        let (store, person) = (store ?? clinic.consortium.pharmacies[keeper], clinic.consortium.storekeepers[keeper])
        return try await clinic.write { transaction in
            try RecordTraceCodes(store: store, batch: batch, codes: codes).run(in: transaction, by: person, at: .ofTests)
        }
    }

    /// The batch of a product in a store.
    private func batch(_ clinic: Clinic, in store: StoreID? = nil, product: Int = 0, number: String = "B1") async throws -> BatchID {
        let (store, id, wanted) = (store ?? clinic.store, clinic.consortium.id, clinic.products[product])
        let lines = try await clinic.database.application.read(as: id.tenant) { transaction in
            try StockReadings(transaction).stock(in: store, of: id, asOf: Clinic.today, product: wanted)
        }
        return try #require(lines.first { $0.batchNumber == number }?.batch)
    }

    private func box(_ clinic: Clinic, _ serial: Int) async throws -> TracedBox? {
        try await clinic.read { try $0.box(Self.code(serial)) }
    }

    @Test("of whole and opened boxes are recorded, and a split pack reports its code until it is used up")
    func wholeAndSplit() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 84)
            try await register(clinic)
            let hyphened = TraceScan(code: " 8385793-0000000000001 ")
            let first = try await clinic.dispense(try await clinic.issueApproved(), scans: [hyphened] + scans(2))
            #expect(first.lines[0].codes.map(\.code) == [Self.code(1), Self.code(2)])
            #expect(first.lines[0].codes.map(\.isSplit) == [false, true])
            #expect(first.lines[0].codes.map(\.quantity) == [28, 14])
            #expect(try await box(clinic, 1)?.state == .dispensed)
            #expect(try await box(clinic, 2)?.state == .opened)
            // Fourteen are left in box 2: it need not be scanned, and may be.
            let second = try await clinic.dispense(
                try await clinic.issueApproved(), lines: [HandOutLine(line: 1, quantity: 4)])
            #expect(second.lines[0].codes.map(\.code) == [Self.code(2)])
            let third = try await clinic.dispense(
                try await clinic.issueApproved(), lines: [HandOutLine(line: 1, quantity: 10)], scans: scans(2))
            #expect(third.lines[0].codes.map(\.quantity) == [10] && third.lines[0].codes.map(\.isSplit) == [true])
            #expect(try await box(clinic, 2)?.state == .dispensed)
            let last = try await clinic.issueApproved()
            await expectRefusal("dispensing.trace-code-dispensed") {
                try await clinic.dispense(last, lines: [HandOutLine(line: 1, quantity: 28)], scans: scans(2))
            }
        }
    }

    @Test("a box is dispensed once in the consortium, also when two pharmacies scan it at the same moment")
    func once() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            for store in clinic.consortium.pharmacies { try await clinic.stock(0, 280, in: store) }
            try await register(clinic)
            var ids: [PrescriptionID] = []
            for _ in 0..<8 { ids.append(try await clinic.issueApproved()) }
            let outcomes = await withTaskGroup(of: String.self) { group in
                for (number, id) in ids.enumerated() {
                    group.addTask {
                        let place = number % 2
                        do {
                            try await clinic.dispense(
                                id, from: clinic.consortium.pharmacies[place], by: clinic.consortium.storekeepers[place],
                                lines: [HandOutLine(line: 1, quantity: 28)], scans: [TraceScan(code: Self.code(7))])
                            return "dispensed"
                        } catch {
                            return (error as? DispensingRefusal)?.code.rawValue ?? "\(error)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == "dispensed" }.count == 1, "\(outcomes)")
            #expect(outcomes.filter { $0 == "dispensing.trace-code-dispensed" }.count == 7, "\(outcomes)")
        }
    }

    @Test("a return opens a box again: on the shelf it may be dispensed, in quarantine it may not until inspection")
    func returns() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 84)
            try await register(clinic)
            let whole = [HandOutLine(line: 1, quantity: 28)]
            let given = try await clinic.dispense(try await clinic.issueApproved(), lines: whole, scans: scans(1))
            func line(_ codes: [Int], isUnopened: Bool = true) -> [ReturnDispensed.Line] {
                [
                    ReturnDispensed.Line(
                        dispensedLine: 1, quantity: 28, isUnopened: isUnopened, codes: codes.map { Self.code($0) })
                ]
            }
            await expectRefusal("dispensing.trace-codes-missing") {
                _ = try await clinic.takeBack(given.id, .dispensingError, lines: line([]))
            }
            await expectRefusal("dispensing.trace-code-not-of-dispensing") {
                _ = try await clinic.takeBack(given.id, .dispensingError, lines: line([2]))
            }
            await expectRefusal("dispensing.trace-code-invalid") {
                _ = try await clinic.takeBack(
                    given.id, .dispensingError,
                    lines: [ReturnDispensed.Line(dispensedLine: 1, quantity: 28, isUnopened: true, codes: ["1"])])
            }
            let back = try await clinic.takeBack(given.id, .dispensingError, lines: line([1]))
            #expect(back.lines.map(\.codes) == [[Self.code(1)]])
            #expect(try await box(clinic, 1)?.state == .inStock)
            #expect(try await clinic.read { try $0.dispensing(given.id).lines[0].codes.map(\.isReturned) } == [true])
            let again = try await clinic.dispense(try await clinic.issueApproved(), lines: whole, scans: scans(1))
            _ = try await clinic.takeBack(again.id, .quality, lines: line([1], isUnopened: false))
            #expect(try await box(clinic, 1)?.state == .returned)
            let next = try await clinic.issueApproved()
            await expectRefusal("dispensing.trace-code-not-in-stock") {
                try await clinic.dispense(next, lines: whole, scans: scans(1))
            }
            #expect(try await record(clinic, [Self.code(1)], of: again.lines[0].pick.batch) == 1)
            try await clinic.dispense(next, lines: whole, scans: scans(1))
        }
    }

    @Test("boxes that were recorded when they came are the only ones of their batch, here or where they moved to")
    func recorded() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let far = clinic.consortium.pharmacies[1]
            for store in clinic.consortium.pharmacies { try await clinic.stock(0, 84, in: store) }
            try await clinic.stock(0, 84, batch: "B2", expiresIn: 500)
            let (b1, b2) = (try await batch(clinic), try await batch(clinic, number: "B2"))
            #expect(try await record(clinic, [Self.code(1), Self.code(2)], of: b1) == 2)
            #expect(try await record(clinic, [Self.code(1), Self.code(2)], of: b1) == 0)
            try await record(clinic, [Self.code(9)], of: b2)
            let whole = [HandOutLine(line: 1, quantity: 28)]
            let id = try await clinic.issueApproved()
            await expectRefusal("dispensing.trace-code-not-in-stock") {
                try await clinic.dispense(id, lines: whole, scans: scans(3))
            }
            await expectRefusal("dispensing.trace-code-wrong-batch") {
                try await clinic.dispense(id, lines: whole, scans: scans(9))
            }
            await expectRefusal("dispensing.trace-code-wrong-batch") { try await record(clinic, [Self.code(1)], of: b2) }
            try await clinic.dispense(id, lines: whole, scans: scans(1))
            await expectRefusal("dispensing.trace-code-dispensed") { try await record(clinic, [Self.code(1)], of: b1) }
            // Box 2 goes to the other pharmacy.
            let other = try await clinic.issueApproved()
            let keeper = clinic.consortium.storekeepers[1]
            await expectRefusal("dispensing.trace-code-not-in-stock") {
                try await clinic.dispense(other, from: far, by: keeper, lines: whole, scans: scans(2))
            }
            #expect(try await record(clinic, [Self.code(2)], of: b1, by: 1) == 1)
            try await clinic.dispense(other, from: far, by: keeper, lines: whole, scans: scans(2))
        }
    }

    @Test("belong to the right article, are smallest packs, and are twenty digits as printed")
    func refusals() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 84)
            try await clinic.stock(1, 60)
            let id = try await clinic.issueApproved()
            let whole = [HandOutLine(line: 1, quantity: 28)]
            func dispense(_ code: String) async throws {
                try await clinic.dispense(id, lines: whole, scans: [TraceScan(code: code)])
            }
            for code in ["6924561884074", "123", "8385793000000000000X", "010880638826961717230214"] {
                await expectRefusal("dispensing.trace-code-invalid") { try await dispense(code) }
            }
            await expectRefusal("dispensing.trace-prefix-unknown") { try await dispense(Self.code(1)) }
            try await register(clinic, "8400001", product: 1)
            await expectRefusal("dispensing.trace-code-wrong-article") { try await dispense(Self.code(1, prefix: "8400001")) }
            try await register(clinic, "8385794", level: 2)
            await expectRefusal("dispensing.trace-code-not-a-pack") { try await dispense(Self.code(1, prefix: "8385794")) }
            try await register(clinic)
            await expectRefusal("dispensing.trace-codes-too-many") {
                try await clinic.dispense(id, lines: whole, scans: scans(1, 2))
            }
            let b1 = try await batch(clinic)
            for codes in [[], ["123"], Array(repeating: Self.code(1), count: 2_001)] {
                await expectRefusal("dispensing.trace-code-invalid") { try await record(clinic, codes, of: b1) }
            }
            await expectRefusal("dispensing.trace-code-wrong-article") {
                try await record(clinic, [Self.code(1, prefix: "8400001")], of: b1)
            }
            await expectRefusal("dispensing.trace-code-not-a-pack") {
                try await record(clinic, [Self.code(1, prefix: "8385794")], of: b1)
            }
            await expectRefusal("stock-ledger.batch-unknown") { try await record(clinic, [Self.code(1)], of: BatchID(999_999)) }
            await expectRefusal("identity.other-facility") {
                try await record(clinic, [Self.code(1)], of: b1, in: clinic.consortium.pharmacies[1])
            }
            await expectRefusal("dispensing.trace-prefix-taken") { try await register(clinic, product: 1) }
            try await register(clinic)
            await expectRefusal("dispensing.trace-code-invalid") { try await register(clinic, "838579") }
            await expectRefusal("dispensing.trace-code-invalid") { try await register(clinic, level: 4) }
            await expectRefusal("identity.role-missing") {
                try await clinic.write { transaction in
                    let prefix = TracePrefix(prefix: "1234567", article: clinic.consortium.articles[0], level: 1)
                    _ = try RegisterTracePrefix(prefix: prefix).run(in: transaction, by: clinic.dispenser, at: .ofTests)
                }
            }
        }
    }

    @Test("are asked for as the policy of the day says, or a reason is given why there is none")
    func policy() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 280)
            @Sendable func declare(
                _ scanning: TraceScanning, at facility: FacilityID?, in days: Int = 0, by person: Principal? = nil
            ) async throws {
                try await clinic.write { transaction in
                    try DeclareTracePolicy(
                        facility: facility, scanning: scanning, validFrom: Clinic.today.adding(days: days)
                    ).run(in: transaction, by: person ?? clinic.consortium.officer, at: .ofTests)
                }
            }
            let part = [HandOutLine(line: 1, quantity: 28)]
            // Nothing is known to be coded.
            try await clinic.dispense(try await clinic.issueApproved(), lines: part)
            try await register(clinic)
            let id = try await clinic.issueApproved()
            await expectRefusal("dispensing.trace-codes-missing") { try await clinic.dispense(id, lines: part) }
            await expectRefusal("dispensing.trace-codes-missing") {
                try await clinic.dispense(
                    id, lines: part, exemptions: [TraceExemption(line: 2, reason: .uncoded)])
            }
            try await clinic.dispense(
                id, lines: part, exemptions: [TraceExemption(line: 1, reason: .uncoded, explanation: "无码库")])
            await expectRefusal("identity.role-missing") { try await declare(.optional, at: nil, by: clinic.pharmacist) }
            await expectRefusal("parties.facility-unknown") { try await declare(.optional, at: FacilityID(999_999)) }
            try await declare(.optional, at: nil)
            try await clinic.dispense(try await clinic.issueApproved(), lines: part)
            // The facility's own declaration comes before the consortium's, from its day on.
            try await declare(.required, at: clinic.consortium.townships[0], in: 1)
            let later = try await clinic.issueApproved(validityDays: 2)
            try await clinic.dispense(later, lines: [HandOutLine(line: 1, quantity: 1)])
            await expectRefusal("dispensing.trace-codes-missing") {
                try await clinic.dispense(later, lines: part, at: .ofTests.later(days: 1))
            }
            try await clinic.dispense(later, lines: part, scans: scans(5), at: .ofTests.later(days: 1))
        }
    }
}
