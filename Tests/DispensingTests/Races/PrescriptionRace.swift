import Dispensing
import Foundation
import Postgres
import Primitives
import StockLedger
import TestSupport
import Testing

/// One seeded race: what several pharmacies, a prescriber and a pharmacist try to do to two prescriptions at once, and then
/// what patients bring back while the rest is handed out.
struct PrescriptionRace: Sendable {
    enum Step: Sendable {
        case claim(PrescriptionID, at: Int)
        case dispense(PrescriptionID, DispensingID, at: Int, lines: [HandOutLine]?, codes: [String])
        case cancel(PrescriptionID)
        case endRest(PrescriptionID)
        case giveBack(DispensingID, at: Int, reason: ReturnReason)
        case hold(BatchHoldID, batch: Int)
        case lift(BatchHoldID)
        case quarantine(batch: Int, at: Int, units: BaseUnits)
    }

    /// What a step may be refused with; anything else is a defect.
    static let refusals: Set<String> = [
        "dispensing.already-dispensed", "dispensing.wrong-state", "dispensing.exceeds-open", "dispensing.claimed-elsewhere",
        "dispensing.claimed-here-already", "dispensing.stock-short", "dispensing.trace-code-dispensed",
        "dispensing.trace-code-not-in-stock", "dispensing.trace-code-wrong-batch", "dispensing.trace-codes-too-many",
        // A box of the other medicine was scanned, and that is no more open.
        "dispensing.trace-code-wrong-article",
        "dispensing.dispensing-unknown", "dispensing.return-exceeds-dispensed", "dispensing.trace-codes-missing",
        "stock-ledger.batch-held-already", "stock-ledger.hold-unknown", "stock-ledger.hold-lifted",
        "stock-ledger.insufficient-stock",
    ]

    let seed: UInt64
    let first: [Step]
    let second: [Step]

    init(seed: UInt64, _ prescriptions: [PrescriptionID]) {
        self.seed = seed
        var random = SeededGenerator(seed: seed)
        // Six boxes of each product; every pharmacy scans from the same heap, as if boxes had been copied.
        let heap = FivePharmacies.prefixes.map { prefix in (0..<6).map { Self.code(prefix, seed: seed, $0) } }
        var given: [(id: DispensingID, place: Int)] = []
        func dispense() -> Step {
            let id = DispensingID(UUID())
            let place = Int.random(in: 0..<5, using: &random)
            given.append((id, place))
            let prescription = prescriptions[Int.random(in: 0..<prescriptions.count, using: &random)]
            let parts: [[HandOutLine]?] = [
                nil, [HandOutLine(line: 1, quantity: 28)], [HandOutLine(line: 1, quantity: 13)],
                [HandOutLine(line: 2, quantity: 5), HandOutLine(line: 1, quantity: 14)],
            ]
            let codes = heap.map { $0.shuffled(using: &random) }
            let count = Int.random(in: 0...2, using: &random)
            let scanned = codes[0].prefix(count) + codes[1].prefix(count / 2)
            return .dispense(
                prescription, id, at: place, lines: parts[Int.random(in: 0..<parts.count, using: &random)],
                codes: Array(scanned))
        }
        func one(_ prescription: PrescriptionID) -> Step {
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<4: .claim(prescription, at: Int.random(in: 0..<5, using: &random))
            case 4..<6: .cancel(prescription)
            case 6: .hold(BatchHoldID(UUID()), batch: Int.random(in: 0..<6, using: &random))
            case 7:
                .quarantine(
                    batch: Int.random(in: 0..<6, using: &random), at: Int.random(in: 0..<5, using: &random),
                    units: BaseUnits(Int64.random(in: 1...40, using: &random)))
            default: dispense()
            }
        }
        first = (0..<6).map { one(prescriptions[$0 % prescriptions.count]) }
        var second: [Step] = []
        for _ in 0..<3 {
            guard let back = given.randomElement(using: &random) else { break }
            let reason: ReturnReason = Bool.random(using: &random) ? .dispensingError : .quality
            second.append(.giveBack(back.id, at: back.place, reason: reason))
        }
        for case .hold(let id, _) in first { second.append(.lift(id)) }
        second.append(dispense())
        second.append(Bool.random(using: &random) ? dispense() : .endRest(prescriptions[0]))
        self.second = second.shuffled(using: &random)
    }

    static func code(_ prefix: String, seed: UInt64, _ number: Int) -> String {
        let digits = String(seed * 10 + UInt64(number))
        return prefix + String(repeating: "0", count: 13 - digits.count) + digits
    }

    /// Runs both halves; within each, everything at once.
    ///
    /// - Returns: what each step came to: `nil` is done, else the refusal's code or what went wrong.
    func run(in town: FivePharmacies) async -> [String?] {
        var outcomes: [String?] = []
        for half in [first, second] {
            outcomes += await withTaskGroup(of: String?.self) { group in
                for step in half { group.addTask { await outcome(of: step, in: town) } }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        return outcomes
    }

    private func outcome(of step: Step, in town: FivePharmacies) async -> String? {
        do {
            try await perform(step, in: town)
            return nil
        } catch let refusal as any Refusal {
            return refusal.refusalCode.rawValue
        } catch {
            return String(reflecting: error)
        }
    }

    private func perform(_ step: Step, in town: FivePharmacies) async throws {
        let clinic = town.clinic
        switch step {
        case .claim(let id, let place):
            _ = try await town.write { transaction in
                try ClaimPrescription(claim: ClaimID(UUID()), prescription: id, store: town.stores[place])
                    .run(in: transaction, by: town.dispensers[place], at: .ofTests)
            }
        case .dispense(let id, let dispensing, let place, let lines, let codes):
            _ = try await town.write { transaction in
                try DispensePrescription(
                    dispensing: dispensing, prescription: id, store: town.stores[place], checks: DispensingCheck.allCases,
                    lines: lines, scans: codes.map { TraceScan(code: $0) },
                    exemptions: [1, 2].map { TraceExemption(line: $0, reason: .unreadable) }
                ).run(in: transaction, by: town.dispensers[place], at: .ofTests)
            }
        case .cancel(let id):
            _ = try await town.write { transaction in
                try CancelPrescription(prescription: id, reason: "误开").run(in: transaction, by: clinic.prescriber, at: .ofTests)
            }
        case .endRest(let id):
            _ = try await town.write { transaction in
                try EndRest(prescription: id, wish: .patient, reason: "不再需要")
                    .run(in: transaction, by: town.dispensers[0], at: .ofTests)
            }
        case .giveBack(let dispensing, let place, let reason):
            _ = try await town.write { transaction in
                let record = try PrescriptionReadings(transaction, of: clinic.consortium.id).dispensing(dispensing)
                guard let line = record.lines.first else { return }
                let whole = line.codes.filter { !$0.isSplit && !$0.isReturned }.map(\.code)
                let size: BaseUnits = line.prescriptionLine == 1 ? 28 : 30
                let isWhole = line.pick.quantity - line.split >= size
                let back = ReturnDispensed.Line(
                    dispensedLine: line.number, quantity: isWhole ? size : 1, isUnopened: isWhole,
                    codes: isWhole ? Array(whole.prefix(1)) : [])
                _ = try ReturnDispensed(
                    patientReturn: PatientReturnID(UUID()), dispensing: dispensing, reason: reason, explanation: "退回",
                    lines: [back]
                ).run(in: transaction, by: town.dispensers[place], at: .ofTests)
            }
        case .hold(let id, let batch):
            _ = try await town.write { transaction in
                try HoldBatch(hold: id, batch: town.batches[batch], reason: "召回通知")
                    .run(in: transaction, by: clinic.consortium.officer, at: .ofTests)
            }
        case .lift(let id):
            _ = try await town.write { transaction in
                try LiftBatchHold(hold: id, reason: "复检合格").run(in: transaction, by: clinic.consortium.officer, at: .ofTests)
            }
        case .quarantine(let batch, let place, let units):
            _ = try await town.write { transaction in
                try MoveBatches(
                    store: town.stores[place], decision: .quarantine,
                    lines: [BatchLine(batch: town.batches[batch], quantity: units)], reason: "抽检", requestID: UUID()
                ).run(in: transaction, by: clinic.consortium.officer, at: .ofTests)
            }
        }
    }
}
