import Dispensing
import Outbox
import PlatformSimulator
import Postgres
import PrescriptionUploads
import Primitives
import Synchronization
import TestSupport
import Testing

@Suite("Uploading and handing out at the same time")
struct HoldRaceTests {
    /// What became of an offer that began while another transaction held the prescription.
    private final class Other: Sendable {
        let isThrough = Mutex(false)
        let task = Mutex<Task<String, Never>?>(nil)
    }

    @Test("who offers while it is cancelled or handed out waits, and then finds that it is over")
    func offering() async throws {
        try await UploadWorld.with { world in
            let id = try await world.issue()
            try await world.approve(id)
            let other = Other()
            try await world.write { transaction in
                try HoldForInsurer(prescription: id).run(in: transaction, for: world.small.id)
                other.task.withLock { task in
                    guard task == nil else { return }
                    task = Task {
                        let refusal = await Self.refusal { try await world.offer(id) }
                        other.isThrough.withLock { $0 = true }
                        return refusal
                    }
                }
                try Self.awaitWaiter(transaction, or: other)
                _ = try CancelPrescription(prescription: id, reason: "重开").run(in: transaction, by: world.prescriber, at: .ofTests)
                try EndOffer(prescription: id).run(in: transaction, for: world.small.id, at: .ofTests)
            }
            let refusal = await other.task.withLock { $0 }?.value
            #expect(refusal == "prescription-uploads.handed-out-already")
            try await world.tell()
            #expect(world.simulator.prescriptions().isEmpty)
        }
    }

    @Test("what is over here is not told, though it was announced")
    func over() async throws {
        try await UploadWorld.with { world in
            let id = try await world.announced()
            _ = try await world.write {
                try CancelPrescription(prescription: id, reason: "重开").run(in: $0, by: world.prescriber, at: .ofTests)
            }
            try await world.tell()
            let open = try #require(try await world.upload(id).open)
            #expect(open.state == "refused" && open.reason.contains("cancelled"), "\(open)")
            #expect(world.simulator.prescriptions().isEmpty)
        }
    }

    @Test("what expired here while its answer was lost is asked about all the same")
    func overWhileAsked() async throws {
        let script = [
            ScriptedFault(operation: "rxFileUpld", fault: .resetAfterCommit),
            ScriptedFault(operation: "hospRxDetlQuery", fault: .malformed),
            ScriptedFault(operation: "hospRxDetlQuery", nth: 2, fault: .malformed),
        ]
        try await UploadWorld.with(script: script) { world in
            let id = try await world.announced()
            try await world.tell(triesMost: 2)
            #expect(try await world.upload(id).open?.state == "dead")
            _ = try await world.write {
                try CancelPrescription(prescription: id, reason: "重开").run(in: $0, by: world.prescriber, at: .ofTests)
            }
            try await world.decide(.release(corrected: nil))
            try await world.tell()
            #expect(try await world.upload(id).state == .uploaded)
        }
    }

    private static func refusal<Value>(_ body: () async throws -> Value) async -> String {
        do {
            _ = try await body()
            return "none"
        } catch {
            return (error as? any Refusal)?.refusalCode.rawValue ?? "\(error)"
        }
    }

    /// Waits, inside a transaction, until another one waits for a row of this one, or is through.
    private static func awaitWaiter(_ transaction: Transaction, or other: Other) throws {
        for _ in 0..<1_000_000 {
            if other.isThrough.withLock({ $0 }) { return }
            let waiting = try transaction.execute(
                "SELECT 1 FROM pg_locks WHERE locktype = 'transactionid' AND transactionid = pg_current_xact_id()::xid AND NOT granted"
            )
            if waiting > 0 { return }
        }
        Issue.record("nobody waits")
    }
}
