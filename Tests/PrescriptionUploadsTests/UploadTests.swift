import Dispensing
import Outbox
import PlatformMessages
import PlatformSimulator
import Postgres
import PrescriptionUploads
import Primitives
import TestSupport
import Testing

@Suite("Prescriptions at the insurer's service hall")
struct UploadTests {
    private static func lost(_ operation: String) -> ScriptedFault {
        ScriptedFault(operation: operation, fault: .resetAfterCommit)
    }

    @Test("one is uploaded once and revoked once, though the answer to every step is lost")
    func lostAnswers() async throws {
        let script = ["uploadChk", "rxFixmedinsSign", "rxFileUpld", "rxUndo"].map(Self.lost)
        try await UploadWorld.with(script: script) { world in
            let id = try await world.announced()
            #expect(try await world.upload(id).state == .announced)
            try await world.tell()
            let upload = try await world.upload(id)
            #expect(upload.state == .uploaded && upload.open == nil, "\(upload)")
            let there = try #require(world.simulator.prescriptions().first { $0.insurerNumber == upload.insurerNumber })
            #expect(there.state == "1" && there.uploads == 1 && there.hospitalNumber == upload.number)
            #expect(upload.signDigest != nil && upload.traceCode != nil)
            // Of two checks the numbers of one were lost; they were never used.
            #expect(world.simulator.prescriptions().count { $0.uploads > 0 } == 1)
            #expect(world.simulator.statement().requests["rxFileUpld"] == 1)

            #expect(try await world.revoke(id).open?.kind == "revoke-prescription")
            try await world.tell()
            #expect(try await world.upload(id).state == .revoked)
            let revoked = try #require(world.simulator.prescriptions().first { $0.insurerNumber == upload.insurerNumber })
            #expect(revoked.state == "3" && revoked.revocations == 1)
            #expect(world.simulator.statement().requests["rxUndo"] == 1)
        }
    }

    @Test("its use outside is seen, and then it is neither revoked nor handed out here")
    func used() async throws {
        try await UploadWorld.with { world in
            let id = try await world.announced()
            try await world.tell()
            let number = try #require(try await world.upload(id).insurerNumber)
            #expect(try await world.ask().isEmpty)
            #expect(try await world.upload(id).use == .unused)
            world.simulator.usePrescription(insurerNumber: number)
            // It is not due again for a while.
            #expect(try await world.ask().isEmpty)
            #expect(try await world.upload(id).use == .unused)
            try await world.makeDue()
            #expect(try await world.ask().isEmpty)
            let upload = try await world.upload(id)
            #expect(upload.state == .used && upload.use == .used && upload.items.first?.name == "阿莫西林胶囊", "\(upload)")
            #expect(upload.decision == .approved && upload.reviewer == "钱药师")
            await expectRefusal("prescription-uploads.used-outside") { try await world.revoke(id) }
            await expectRefusal("prescription-uploads.used-outside") { try await world.hold(id) }
            await expectRefusal("prescription-uploads.offered-already") { try await world.offer(id) }
        }
    }

    @Test("a revocation that comes after its use is refused there and waits for a person")
    func usedBeforeRevoked() async throws {
        try await UploadWorld.with { world in
            let id = try await world.announced()
            try await world.tell()
            world.simulator.usePrescription(insurerNumber: try #require(try await world.upload(id).insurerNumber))
            try await world.revoke(id)
            try await world.tell()
            let upload = try await world.upload(id)
            #expect(upload.state == .uploaded && upload.open?.state == "refused", "\(upload)")
            #expect(upload.open?.reason.contains("used") == true)
            #expect(world.simulator.prescriptions().allSatisfy { $0.revocations == 0 })
            await expectRefusal("prescription-uploads.revoked-already") { try await world.revoke(id) }
        }
    }

    @Test("nothing is lost or done twice under faults of every kind")
    func faults() async throws {
        let faults: [SimulatorFault: Int] = [
            .resetBeforeCommit: 700, .resetAfterCommit: 700, .malformed: 700, .status503: 500, .status429: 500, .slowBody: 500,
            .duplicateAnswer: 500, .wrongEnvelopeCode: 500, .clockSkew: 300,
        ]
        try await UploadWorld.with(faults: faults) { world in
            var ids: [PrescriptionID] = []
            for _ in 0..<12 { ids.append(try await world.announced()) }
            try await world.tell()
            for id in ids {
                let upload = try await world.upload(id)
                #expect(upload.state == .uploaded, "\(upload)")
                let there = world.simulator.prescriptions().filter { $0.hospitalNumber == upload.number && $0.uploads > 0 }
                #expect(there.map(\.insurerNumber) == [upload.insurerNumber ?? ""] && there.first?.uploads == 1)
                try await world.revoke(id)
            }
            try await world.tell()
            for id in ids { #expect(try await world.upload(id).state == .revoked) }
            let revoked = world.simulator.prescriptions().filter { $0.uploads > 0 }
            #expect(revoked.count == 12 && revoked.allSatisfy { $0.revocations == 1 && $0.state == "3" })
        }
    }

    @Test("what is kept of the exchange names no patient and no secret, and the credential goes when it is over")
    func masked() async throws {
        try await UploadWorld.with { world in
            let id = try await world.announced()
            try await world.tell()
            _ = try await world.ask()
            try await world.revoke(id)
            try await world.tell()
            let log = try await world.log()
            #expect(log.count == 6)
            for said in log {
                for hidden in [
                    UploadWorld.name, UploadWorld.residentNumber, "110101197001010011", UploadWorld.secret, "JVBERi0",
                    "PRIVATE KEY",
                ] {
                    #expect(!said.contains(hidden), "\(hidden)")
                }
                #expect(said.contains("\"data\":{") && !said.contains("encData"))
            }
            let kept = try await world.read { transaction in
                try transaction.query("SELECT upload::text AS row FROM prescription_uploads.upload") { try $0["row"] as String }
            }
            #expect(kept.count == 1 && !kept[0].contains(UploadWorld.residentNumber) && !kept[0].contains("JVBERi0"))
            let content = try await world.read { transaction in
                try transaction.query("SELECT content::text AS content FROM outbox.message") { try $0["content"] as String }
            }
            #expect(
                content.count == 4
                    && content.allSatisfy { !$0.contains(UploadWorld.name) && !$0.contains(UploadWorld.residentNumber) })
        }
    }

    @Test("taken back and changed, it goes there once more under a number of its own")
    func rounds() async throws {
        try await UploadWorld.with { world in
            let id = try await world.announced()
            try await world.tell()
            await expectRefusal("prescription-uploads.still-uploaded") { try await world.hold(id) }
            await expectRefusal("prescription-uploads.offered-already") { try await world.offer(id) }
            try await world.revoke(id)
            await expectRefusal("prescription-uploads.still-uploaded") { try await world.hold(id) }
            try await world.tell()
            try await world.hold(id)
            let again = try await world.offer(id)
            #expect(again.round == 2 && again.state == .announced && again.number.hasSuffix("-2"))
            try await world.tell()
            #expect(try await world.upload(id).state == .uploaded)
            #expect(world.simulator.prescriptions().map(\.state) == ["3", "1"])
        }
    }

    @Test("a missing code is said, and told once it is entered")
    func missingCodes() async throws {
        try await UploadWorld.with(hasCodes: false) { world in
            try await world.write { try DeclareInstitution(world.institution).run(in: $0, by: world.small.officer, at: .ofTests) }
            let id = try await world.announced()
            try await world.tell()
            let open = try #require(try await world.upload(id).open)
            #expect(
                open.state == "refused" && open.kind == "check-prescription" && open.reason.contains("has no code at the insurer"))
            await expectRefusal("prescription-uploads.message-failed") { try await world.revoke(id) }
            try await world.declareCodes()
            try await world.decide(.release(corrected: nil))
            try await world.tell()
            #expect(try await world.upload(id).state == .uploaded)
        }
    }

    @Test("what a person has given up is withdrawn, and may be handed out here")
    func givenUp() async throws {
        try await UploadWorld.with(hasCodes: false) { world in
            try await world.write { try DeclareInstitution(world.institution).run(in: $0, by: world.small.officer, at: .ofTests) }
            let id = try await world.announced()
            for _ in 0..<3 {
                try await world.tell()
                try await world.decide(.discard)
            }
            #expect(try await world.upload(id).open == nil)
            #expect(try await world.revoke(id).state == .withdrawn)
            try await world.hold(id)
            #expect(world.simulator.prescriptions().isEmpty)
        }
    }
}

extension UploadWorld {
    /// What a command does before it changes or hands out a prescription.
    func hold(_ id: PrescriptionID) async throws {
        try await write { try HoldForInsurer(prescription: id).run(in: $0, for: small.id) }
    }

    /// Lets the time come at which the hall is asked again.
    func makeDue() async throws {
        try await write {
            try $0.execute("UPDATE prescription_uploads.upload SET ask_at = \(Instant.ofTests) WHERE ask_at IS NOT NULL")
        }
    }

    /// Decides about what waits for a person.
    func decide(_ decision: DecideMessage.Decision) async throws {
        try await write { transaction in
            for message in try OutboxReadings(transaction, of: small.id).failed(limit: 10) {
                try DecideMessage(message.id, decision, reason: "核实").run(in: transaction, by: small.officer, at: .ofTests)
            }
        }
    }
}
