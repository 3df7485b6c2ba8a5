import Dispensing
import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

@Suite("Handing out a prescription in parts")
struct PartialDispensingTests {
    private func part(_ line: Int, _ quantity: BaseUnits) -> HandOutLine { HandOutLine(line: line, quantity: quantity) }

    @Test("gives each part once, at any pharmacy, until nothing is open")
    func parts() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            let (near, far) = (clinic.store, clinic.consortium.pharmacies[1])
            try await clinic.stock(0, 30)
            try await clinic.stock(0, 100, in: far)
            try await clinic.stock(1, 7)
            let id = try await clinic.issueApproved([
                try clinic.line(), try clinic.line(1, quantity: 7, dose: 1, frequency: "qd"),
            ])
            let first = try await clinic.dispense(id, from: near, lines: [part(1, 30), part(2, 7)])
            let between = try await clinic.read { try $0.prescription(id) }
            #expect(between.state == .partlyDispensed && between.handedOut == [30, 7])
            #expect(between.openLines == [part(1, 12)])
            let rest = try await clinic.dispense(id, from: far, by: clinic.consortium.storekeepers[1])
            #expect(rest.lines.map(\.pick.quantity) == [12] && rest.lines.map(\.prescriptionLine) == [1])
            #expect(first.part == 1 && rest.part == 2)
            let whole = try await clinic.read { try $0.prescription(id) }
            #expect(whole.state == .dispensed && whole.handedOut == [42, 7] && whole.openLines.isEmpty)
            #expect(whole.dispensings == [first.id, rest.id])
            await expectRefusal("dispensing.already-dispensed") { try await clinic.dispense(id, lines: [part(1, 1)]) }
            #expect(try await clinic.available(0, in: far) == 88)
        }
    }

    @Test("refuses lines that are not the prescription's, and more than is open")
    func refusals() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 100)
            let id = try await clinic.issueApproved()
            for lines in [[], [part(1, 1), part(1, 1)], [part(0, 1)], [part(2, 1)], [part(1, 0)], [part(1, -1)]] {
                await expectRefusal("dispensing.lines-invalid") { try await clinic.dispense(id, lines: lines) }
            }
            await expectRefusal("dispensing.exceeds-open") { try await clinic.dispense(id, lines: [part(1, 43)]) }
            try await clinic.dispense(id, lines: [part(1, 41)])
            await expectRefusal("dispensing.exceeds-open") { try await clinic.dispense(id, lines: [part(1, 2)]) }
            await expectRefusal("dispensing.wrong-state") {
                try await clinic.write { transaction in
                    _ = try CancelPrescription(prescription: id, reason: "误开")
                        .run(in: transaction, by: clinic.prescriber, at: .ofTests)
                }
            }
            #expect(try await clinic.available(0) == 59)
        }
    }

    @Test("the database itself hands out no more than was prescribed")
    func lastWord() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            _ = try await clinic.issueApproved()
            await #expect {
                try await clinic.write { transaction in
                    try transaction.execute("UPDATE dispensing.prescription_line SET handed_out = handed_out + 43")
                }
            } throws: { ($0 as? PostgresError)?.constraint == "no_more_is_handed_out_than_prescribed" }
        }
    }

    @Test("the rest ends by the prescriber's or the patient's wish, with a reason, and is then not handed out")
    func ends() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 100)
            @Sendable func end(
                _ id: PrescriptionID, _ wish: EndRest.Wish, by person: Principal, reason: String = "患者出院"
            ) async throws -> Prescription {
                try await clinic.write { transaction in
                    try EndRest(prescription: id, wish: wish, reason: reason).run(in: transaction, by: person, at: .ofTests)
                }
            }
            let id = try await clinic.issueApproved()
            await expectRefusal("dispensing.wrong-state") { try await end(id, .patient, by: clinic.dispenser) }
            try await clinic.dispense(id, lines: [part(1, 10)])
            await expectRefusal("identity.role-missing") { try await end(id, .prescriber, by: clinic.dispenser) }
            await expectRefusal("identity.role-missing") { try await end(id, .patient, by: clinic.prescriber) }
            await expectRefusal("dispensing.other-prescriber") { try await end(id, .prescriber, by: clinic.otherPrescriber) }
            await expectRefusal("dispensing.reason-required") { try await end(id, .patient, by: clinic.dispenser, reason: " ") }
            let ended = try await end(id, .patient, by: clinic.dispenser)
            #expect(ended.state == .ended && ended.restEndedFor == .patient)
            await expectRefusal("dispensing.wrong-state") { try await clinic.dispense(id) }
            let other = try await clinic.issueApproved()
            try await clinic.dispense(other, lines: [part(1, 10)])
            #expect(try await end(other, .prescriber, by: clinic.prescriber).restEndedFor == .prescriber)
        }
    }

    @Test("a partly dispensed prescription whose last day passed has ended; one of which nothing was given has expired")
    func expiry() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 100)
            let (begun, untouched) = (try await clinic.issueApproved(), try await clinic.issueApproved())
            try await clinic.dispense(begun, lines: [part(1, 10)])
            let closed = try await clinic.write { transaction in
                try ExpirePrescriptions().run(in: transaction, of: clinic.consortium.id, at: .ofTests.later(days: 1))
            }
            #expect(Set(closed) == [begun, untouched])
            let ended = try await clinic.read { try $0.prescription(begun) }
            #expect(ended.state == .ended && ended.restEndedFor == .validity)
            #expect(try await clinic.read { try $0.prescription(untouched).state } == .expired)
        }
    }

    @Test("the rest of a long prescription is collected through the day that is set, and no other's")
    func collection() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(1, 28)
            try await clinic.stock(0, 42)
            let line = try clinic.line(1, quantity: 28, dose: 1, frequency: "qd", days: 28)
            let id = try await clinic.issueApproved([line], kind: .long, records: LongPrescriptionTests.eligible)
            @Sendable func collect(_ id: PrescriptionID, days: Int) async throws {
                try await clinic.write { transaction in
                    try SetCollection(prescription: id, through: Clinic.today.adding(days: days))
                        .run(in: transaction, of: clinic.consortium.id)
                }
            }
            try await collect(id, days: 27)
            await expectRefusal("dispensing.validity-passed") { try await clinic.dispense(id, at: .ofTests.later(days: 1)) }
            try await clinic.dispense(id, lines: [part(1, 14)])
            let closed = try await clinic.write { transaction in
                try ExpirePrescriptions().run(in: transaction, of: clinic.consortium.id, at: .ofTests.later(days: 27))
            }
            #expect(closed.isEmpty)
            await expectRefusal("dispensing.validity-passed") { try await clinic.dispense(id, at: .ofTests.later(days: 28)) }
            try await clinic.dispense(id, at: .ofTests.later(days: 27))
            let ordinary = try await clinic.issueApproved()
            await expectRefusal("dispensing.collection-not-for-this-kind") { try await collect(ordinary, days: 1) }
            await expectRefusal("dispensing.prescription-unknown") { try await collect(PrescriptionID(UUID()), days: 1) }
        }
    }

    @Test("a part of a long course must last its share of the days, not all of them", arguments: [(13, true), (14, false)])
    func shareOfCourse(expiresIn: Int, isRefused: Bool) async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(1, 28, expiresIn: expiresIn)
            let line = try clinic.line(1, quantity: 28, dose: 1, frequency: "qd", days: 28)
            let id = try await clinic.issueApproved([line], kind: .long, records: LongPrescriptionTests.eligible)
            if isRefused {
                await expectRefusal("dispensing.expires-within-course") { try await clinic.dispense(id, lines: [part(1, 14)]) }
            } else {
                try await clinic.dispense(id, lines: [part(1, 14)])
            }
        }
    }

    @Test("a return does not open the prescription again")
    func returned() async throws {
        try await withTestDatabase { database in
            let clinic = try await Clinic.make(in: database)
            try await clinic.stock(0, 42)
            let id = try await clinic.issueApproved()
            let record = try await clinic.dispense(id)
            _ = try await clinic.takeBack(
                record.id, .dispensingError, lines: [ReturnDispensed.Line(dispensedLine: 1, quantity: 42, isUnopened: true)])
            await expectRefusal("dispensing.already-dispensed") { try await clinic.dispense(id) }
        }
    }
}
