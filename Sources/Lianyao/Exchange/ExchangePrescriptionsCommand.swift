import ArgumentParser
import Dispensing
import Foundation
import Identity
import Parties
import Postgres
import PrescriptionUploads
import Primitives

/// Shows the prescriptions that the insurer has or is being told of, and takes one back.
struct ExchangePrescriptionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prescriptions",
        abstract: "Shows the uploads of prescriptions that are not over, or takes one back from the insurer.")

    @Option(help: ArgumentHelp("Take this prescription back, by its id.", valueName: "prescription"))
    var revoke: String?

    @Option(help: ArgumentHelp("Who takes it back: its prescriber.", valueName: "person@consortium"))
    var person: String?

    @Option(help: "Why; the insurer is told.")
    var reason: String?

    @OptionGroup var options: ExchangeOptions

    func validate() throws {
        guard let revoke else { return }
        guard UUID(uuidString: revoke) != nil else { throw ValidationError("--revoke is the id of a prescription.") }
        guard person != nil, reason != nil else { throw ValidationError("--revoke needs --person and --reason.") }
    }

    func run() async throws {
        let (id, token, reason) = (revoke.flatMap { UUID(uuidString: $0) }, "dev:\(person ?? "")", reason ?? "")
        try await options.use { database, _ in
            guard let id else { return try await Self.show(database) }
            let principal = try await DevelopmentSignIn(database: database).principal(token: token)
            let upload = try await database.write(as: principal.tenant) {
                try RevokeUpload(prescription: PrescriptionID(id), reason: reason)
                    .run(in: $0, by: principal, at: TimeSource.system.now)
            }
            Terminal.say(Self.line(upload))
        }
    }

    private static func show(_ database: Database) async throws {
        var isEmpty = true
        for consortium in try await database.read({ try PartiesStore($0).consortia() }) {
            let open = try await database.read(as: consortium.id.tenant) {
                try UploadReadings($0, of: consortium.id).open(limit: 1_000)
            }
            isEmpty = isEmpty && open.isEmpty
            for upload in open { Terminal.say("\(consortium.code) \(line(upload))") }
        }
        if isEmpty { Terminal.say("nothing is open") }
    }

    private static func line(_ upload: PrescriptionUpload) -> String {
        let step = upload.open.map { "; \($0.kind) is \($0.state)\($0.reason.isEmpty ? "" : ": \($0.reason)")" } ?? ""
        return "\(upload.number) \(upload.prescription): \(upload.state.rawValue), "
            + "\(upload.insurerNumber ?? "no number of the insurer's")\(step)"
    }
}
