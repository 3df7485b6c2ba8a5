import Dispensing
import Formulary
import PlatformExchange
import PlatformSimulator
import Postgres
import PrescriptionUploads
import Primitives
import TestSupport
import Testing

@Suite("Offering a prescription for upload")
struct OfferTests {
    @Test("it is announced with its approval, whichever of both comes last")
    func order() async throws {
        try await UploadWorld.with { world in
            let first = try await world.issue()
            #expect(try await world.offer(first).state == .offered)
            try await world.hold(first)
            try await world.approve(first)
            #expect(try await world.upload(first).state == .announced)
            let second = try await world.issue()
            try await world.approve(second)
            #expect(try await world.offer(second).state == .announced)
            #expect(try await world.read { try UploadReadings($0, of: world.small.id).open(limit: 10).count } == 2)
        }
    }

    @Test("what is not offered is not announced, and nothing holds it")
    func notOffered() async throws {
        try await UploadWorld.with { world in
            let id = try await world.issue()
            try await world.approve(id)
            try await world.hold(id)
            await expectRefusal("prescription-uploads.not-offered") { try await world.upload(id) }
            await expectRefusal("prescription-uploads.not-offered") { try await world.revoke(id) }
            try await world.tell()
            #expect(world.simulator.prescriptions().isEmpty)
        }
    }

    @Test("a facility without its code, a credential that lacks something and a prescription that is over are refused")
    func refusals() async throws {
        try await UploadWorld.with(hasCodes: false) { world in
            let id = try await world.issue()
            await expectRefusal("prescription-uploads.institution-unknown") { try await world.offer(id) }
            try await world.declareCodes()
            for (credential, field) in [
                (UploadCredential(kind: .residentCard, number: " ", residentNumber: "1"), "number"),
                (UploadCredential(kind: .residentCard, number: "1", residentNumber: ""), "residentNumber"),
                (UploadCredential(kind: .socialSecurityCard, number: "1", residentNumber: "1"), "cardSerial"),
            ] {
                await expectRefusal("prescription-uploads.credential-incomplete", field: field) {
                    try await world.offer(id, credential)
                }
            }
            await expectRefusal("dispensing.other-prescriber") {
                try await world.write {
                    try OfferPrescription(prescription: id, credential: UploadWorld.credential)
                        .run(in: $0, by: world.small.officer, at: .ofTests)
                }
            }
            try await world.write {
                _ = try CancelPrescription(prescription: id, reason: "重开").run(in: $0, by: world.prescriber, at: .ofTests)
            }
            await expectRefusal("prescription-uploads.handed-out-already") { try await world.offer(id) }
        }
    }

    @Test("what was only offered is withdrawn at once, with the credential; a reason is needed")
    func withdrawn() async throws {
        try await UploadWorld.with { world in
            let id = try await world.issue()
            try await world.offer(id)
            for reason in ["", "  ", String(repeating: "长", count: 201)] {
                await expectRefusal("prescription-uploads.reason-required", field: "reason") { try await world.revoke(id, reason) }
            }
            #expect(try await world.revoke(id, String(repeating: "长", count: 200)).state == .withdrawn)
            await expectRefusal("prescription-uploads.revoked-already") { try await world.revoke(id) }
            let other = try await world.issue()
            try await world.offer(other)
            try await world.write { try EndOffer(prescription: other).run(in: $0, for: world.small.id, at: .ofTests) }
            #expect(try await world.upload(other).state == .withdrawn)
        }
    }

    @Test("codes are declared by a supervisor, whole, for an account that there is")
    func codes() async throws {
        try await UploadWorld.with { world in
            let officer = world.small.officer
            func institution(_ code: String, platform: String = UploadWorld.platform, facility: FacilityID? = nil)
                -> InsuredInstitution
            {
                InsuredInstitution(
                    facility: facility ?? world.small.hospital, platform: platform, code: code, name: "n", division: "360426",
                    pharmacyCode: "p", pharmacyName: "p")
            }
            func declare(_ institution: InsuredInstitution, by person: Principal) async throws {
                try await world.write { try DeclareInstitution(institution).run(in: $0, by: person, at: .ofTests) }
            }
            await expectRefusal("prescription-uploads.institution-incomplete", field: "code") {
                try await declare(institution(" "), by: officer)
            }
            await expectRefusal("prescription-uploads.institution-incomplete", field: "facility") {
                try await declare(institution("H1", facility: FacilityID(999_999)), by: officer)
            }
            await expectRefusal("platform-exchange.account-unknown") {
                try await declare(institution("H1", platform: "elsewhere"), by: officer)
            }
            await expectRefusal("identity.role-missing") { try await declare(institution("H1"), by: world.prescriber) }
            for (clinician, field) in [
                (InsuredClinician(person: world.prescriber.person, code: " "), "code"),
                (InsuredClinician(person: world.prescriber.person, code: "D1", certificate: "1"), "certificateKind"),
                (InsuredClinician(person: PersonID(999_999), code: "D1"), "person"),
            ] {
                await expectRefusal("prescription-uploads.clinician-incomplete", field: field) {
                    try await world.write { try DeclareClinician(clinician).run(in: $0, by: officer, at: .ofTests) }
                }
            }
        }
    }

    @Test("a platform where nothing is bought needs no kinds of product, and has none")
    func kinds() async throws {
        try await UploadWorld.with { world in
            let account = RegisteredAccount(
                platform: UploadWorld.platform, institution: "H1", address: "http://127.0.0.1:9", secrets: "hall", kinds: [.western]
            )
            await expectRefusal("platform-exchange.account-incomplete", field: "kinds") {
                try await world.write {
                    try RegisterAccount(account, known: [UploadWorld.platform], withoutGoods: [UploadWorld.platform])
                        .run(in: $0, by: world.small.officer, at: .ofTests)
                }
            }
        }
    }
}
