public import Outbox
public import PlatformExchange
public import PlatformMessages
public import Postgres
public import Primitives

/// Uploads to insurers, for the dispatcher: what a record tells is looked up when it is told.
public struct StockUploadFacts: FactKeeper {
    public let kinds = Set(PlatformUploadKind.allCases.filter { $0 != .deletion }.map { $0.factKind() })

    public init() {}

    public func fact(
        of message: OutboxMessage, at platform: String, in transaction: Transaction, for consortium: ConsortiumID
    ) throws -> PlatformFact {
        let content: UploadContent = try content(of: message)
        return .upload(try UploadReading(transaction, consortium).upload(content.record, at: platform))
    }

    public func keep(
        _ acknowledgement: PlatformAcknowledgement, of fact: PlatformFact, at platform: String, in transaction: Transaction,
        for consortium: ConsortiumID, at now: Instant
    ) throws {
        guard case .upload(let upload) = fact, let record = upload.records.first.flatMap({ UploadAnnouncement.record($0.key) })
        else {
            return
        }
        try InsuranceUploadsStore(transaction, consortium).accept(record, as: acknowledgement.document, at: now)
    }
}
