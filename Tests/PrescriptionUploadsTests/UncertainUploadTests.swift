import Dispensing
import Outbox
import PlatformMessages
import PlatformSimulator
import Postgres
import PrescriptionUploads
import Primitives
import TestSupport
import Testing

@Suite("Prescriptions of which it is not certain how the hall has them")
struct UncertainUploadTests {
    /// An upload that is asked about in vain, and given up after two tries.
    private static func unanswered(_ fault: SimulatorFault) -> [ScriptedFault] {
        [ScriptedFault(operation: "rxFileUpld", fault: fault)]
            + (1...2).map { ScriptedFault(operation: "hospRxDetlQuery", nth: $0, fault: .malformed) }
    }

    @Test(
        "what was given up with an unknown outcome is revoked at the hall before anything is done with it here",
        arguments: [(SimulatorFault.resetAfterCommit, 1), (.resetBeforeCommit, 0)])
    func givenUp(fault: SimulatorFault, uploads: Int) async throws {
        try await UploadWorld.with(script: Self.unanswered(fault)) { world in
            let id = try await world.announced()
            try await world.tell(triesMost: 2)
            let upload = try await world.upload(id)
            #expect(upload.state == .signed && upload.open?.state == "dead", "\(upload)")
            try await world.decide(.discard)
            #expect(world.simulator.prescriptions().map(\.uploads) == [uploads])
            await expectRefusal("prescription-uploads.still-uploaded") { try await world.hold(id) }
            #expect(try await world.revoke(id).open?.kind == "revoke-prescription")
            await expectRefusal("prescription-uploads.still-uploaded") { try await world.hold(id) }
            try await world.tell()
            #expect(try await world.upload(id).state == .revoked)
            #expect(world.simulator.prescriptions().map(\.revocations) == [uploads])
            try await world.hold(id)
        }
    }

    @Test(
        "what was used in part is neither handed out nor offered here, though the rest is valid no more",
        arguments: [PlatformPrescriptionState.State.expired, .revoked], [PlatformPrescriptionUse.Use.partly, .unknown])
    func usedInPart(state: PlatformPrescriptionState.State, use: PlatformPrescriptionUse.Use) async throws {
        try await UploadWorld.with { world in
            let id = try await world.announced()
            try await world.tell()
            let number = try #require(try await world.upload(id).insurerNumber)
            let found = PlatformPrescriptionUse(insurerNumber: number, state: state, use: use, time: "", items: [])
            let question = PlatformQuestion.prescriptionUse(
                PlatformPrescriptionInquiry(
                    insurerNumber: number, institution: "", visit: "", patientName: "", credentialType: "", credential: ""))
            try await world.write {
                try UploadQuestions().take(
                    [.prescriptionUse(found)], to: question, at: UploadWorld.platform, in: $0, for: world.small.id, at: .ofTests)
            }
            #expect(try await world.upload(id).state.rawValue == state.rawValue)
            await expectRefusal("prescription-uploads.used-outside") { try await world.hold(id) }
            let refusal = state == .revoked ? "prescription-uploads.used-outside" : "prescription-uploads.offered-already"
            await expectRefusal(refusal) { try await world.offer(id) }
        }
    }

    @Test("a revocation that waits behind what is given up locks nothing: asked for again, it is withdrawn")
    func revokedBeforeItWasRefused() async throws {
        try await UploadWorld.with(hasCodes: false) { world in
            try await world.write { try DeclareInstitution(world.institution).run(in: $0, by: world.small.officer, at: .ofTests) }
            let id = try await world.announced()
            try await world.revoke(id)
            await expectRefusal("prescription-uploads.revoked-already") { try await world.revoke(id) }
            for _ in 0..<4 {
                try await world.tell()
                await expectRefusal("prescription-uploads.message-failed") { try await world.revoke(id) }
                try await world.decide(.discard)
            }
            #expect(try await world.upload(id).open == nil)
            #expect(try await world.revoke(id).state == .withdrawn)
            try await world.hold(id)
        }
    }

    @Test("a revocation that was refused and discarded is asked for once more")
    func revokedAgain() async throws {
        try await UploadWorld.with { world in
            let id = try await world.announced()
            try await world.tell()
            try await world.declare(InsuredClinician(person: world.prescriber.person, code: "D360426000001"))
            try await world.revoke(id)
            try await world.tell()
            #expect(try await world.upload(id).open?.state == "refused")
            await expectRefusal("prescription-uploads.revoked-already") { try await world.revoke(id) }
            try await world.decide(.discard)
            try await world.declareCodes()
            #expect(try await world.revoke(id, "重开").revocation == "重开")
            try await world.tell()
            #expect(try await world.upload(id).state == .revoked)
            #expect(world.simulator.prescriptions().map(\.revocations) == [1])
        }
    }
}

extension UploadWorld {
    func declare(_ clinician: InsuredClinician) async throws {
        try await write { try DeclareClinician(clinician).run(in: $0, by: small.officer, at: .ofTests) }
    }
}
