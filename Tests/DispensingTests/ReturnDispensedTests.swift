import Dispensing
import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@testable import Formulary

@Suite("Taking back what was dispensed")
struct ReturnDispensedTests {
    typealias Line = ReturnDispensed.Line

    @Test("puts what has a defect into quarantine and what was handed out by mistake, unopened, back on the shelf")
    func destinations() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 42)
            try await clinic.stock(1, 30)
            let id = try await clinic.issueApproved([
                try clinic.line(), try clinic.line(1, quantity: 30, dose: 3, frequency: "bid", days: 5),
            ])
            let record = try await clinic.dispense(id)
            let bad = try await clinic.takeBack(record.id, lines: [Line(dispensedLine: 1, quantity: 10, isUnopened: true)])
            #expect(bad.lines.map(\.into) == [.quarantined])
            #expect(bad.number == "TY-2026-000001")
            let mistake = try await clinic.takeBack(
                record.id, .dispensingError,
                lines: [
                    Line(dispensedLine: 2, quantity: 30, isUnopened: true), Line(dispensedLine: 1, quantity: 5, isUnopened: false),
                ])
            #expect(mistake.lines.map(\.into) == [.available, .quarantined])
            #expect(try await clinic.available(0) == 0)
            #expect(try await clinic.available(1) == 30)
            let lines = try await clinic.read { try $0.dispensing(record.id).lines }
            #expect(lines.map(\.returned) == [15, 30] && lines.map(\.returnedSealed) == [0, 30])
        }
    }

    @Test("takes back no more of a batch than it gave, in however many returns, at however many desks")
    func neverMore() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 42)
            let record = try await clinic.dispense(try await clinic.issueApproved())
            let outcomes = await withTaskGroup(of: String.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            _ = try await clinic.takeBack(
                                record.id, lines: [Line(dispensedLine: 1, quantity: 10, isUnopened: true)])
                            return "returned"
                        } catch {
                            return (error as? DispensingRefusal)?.code.rawValue ?? "\(error)"
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == "returned" }.count == 4)
            #expect(outcomes.filter { $0 == "dispensing.return-exceeds-dispensed" }.count == 4, "\(outcomes)")
            #expect(try await clinic.read { try $0.dispensing(record.id).lines.map(\.returned) } == [40])
        }
    }

    @Test("refuses what is merely unwanted, unexplained, unknown, or repeated")
    func refusals() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 42)
            let record = try await clinic.dispense(try await clinic.issueApproved())
            let line = Line(dispensedLine: 1, quantity: 1, isUnopened: true)
            await expectRefusal("dispensing.return-not-allowed") {
                _ = try await clinic.takeBack(record.id, .unwanted, lines: [line])
            }
            await expectRefusal("dispensing.reason-required") {
                _ = try await clinic.takeBack(record.id, explanation: " ", lines: [line])
            }
            await expectRefusal("dispensing.dispensing-unknown") {
                _ = try await clinic.takeBack(DispensingID(UUID()), lines: [line])
            }
            for lines in [
                [], [line, line], [Line(dispensedLine: 2, quantity: 1, isUnopened: true)],
                [Line(dispensedLine: 1, quantity: 0, isUnopened: true)], [Line(dispensedLine: 1, quantity: -1, isUnopened: true)],
            ] {
                await expectRefusal("dispensing.lines-invalid") { _ = try await clinic.takeBack(record.id, lines: lines) }
            }
            let id = PatientReturnID(UUID())
            _ = try await clinic.takeBack(record.id, lines: [line], as: id)
            await expectRefusal("dispensing.document-id-taken") {
                _ = try await clinic.takeBack(record.id, lines: [line], as: id)
            }
            #expect(try await clinic.read { try $0.dispensing(record.id).lines.map(\.returned) } == [1])
        }
    }

    @Test("what came out of an opened pack, or is no whole pack, never goes back on the shelf", arguments: [
        // returned of 28 whole and 14 split, said to be unopened; where it goes
        (28, "available"), (14, "quarantined"), (27, "quarantined"), (42, "quarantined"),
    ] as [(BaseUnits, String)])
    func opened(quantity: BaseUnits, into: String) async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 56)
            let record = try await clinic.dispense(try await clinic.issueApproved())
            #expect(record.lines.map(\.split) == [14])
            let back = try await clinic.takeBack(
                record.id, .dispensingError, lines: [Line(dispensedLine: 1, quantity: quantity, isUnopened: true)])
            #expect(back.lines.map(\.into.rawValue) == [into])
        }
    }

    @Test("only unopened, uncontrolled whole packs that need no cold become usable again")
    func rule() throws {
        for reason in ReturnReason.allCases {
            for control in SpecialControl.allCases {
                for storage in StorageCondition.allCases {
                    for (isUnopened, isWhole) in [(true, true), (true, false), (false, true), (false, false)] {
                        let product = Product(
                            id: ProductID(1), code: "W1", kind: .western, genericName: "某药", englishName: "",
                            dosageForm: "tablet",
                            strength: "1mg", baseUnit: "tablet", drugClass: "", reimbursement: .none, essential: false,
                            volumeBased: false, longPrescription: false, specialControl: control, storage: storage,
                            lightProtected: false, diseaseGroups: [])
                        let destination = try? reason.destination(
                            of: product, isUnopened: isUnopened, isWholePacks: isWhole)
                        let isUsable =
                            reason == .dispensingError && isUnopened && isWhole && control == .none
                            && [.room, .cool].contains(storage)
                        #expect(destination == (reason == .unwanted ? nil : isUsable ? .available : .quarantined))
                    }
                }
            }
        }
    }
}
