public import PlatformExchange
import PlatformMessages
public import Postgres
public import Primitives

/// What a reconciliation of uploads has found.
public struct UploadReconciliation: Sendable, Hashable {
    /// Batches that were asked for.
    public var batches = 0
    public var records = 0
    public var differences = 0
    /// Batches that could not be compared, and why.
    public var untold: [String] = []
}

/// Asks the insurers for every batch of which something happened on a day and writes down what differs, and their numbers of our
/// records: a return names its original by it.
public struct ReconcileUploads: Sendable {
    public var day: CalendarDate
    /// Batches in a row that a platform could not be asked for, after which its rest is left for another time.
    static let failuresMost = 3

    public init(day: CalendarDate) { self.day = day }

    public func run(
        through dispatcher: Dispatcher, in database: Database, for consortium: ConsortiumID, at now: Instant
    ) async throws -> UploadReconciliation {
        let day = day
        var report = UploadReconciliation()
        var failures: [String: Int] = [:]
        for batch in try await database.read(as: consortium.tenant, { try DayReading($0, consortium).batches(on: day) }) {
            guard failures[batch.platform, default: 0] < Self.failuresMost else {
                report.untold.append("\(batch.name): \(batch.platform) did not answer before")
                continue
            }
            guard batch.open == 0 else {
                report.untold.append("\(batch.name): \(batch.open) records are under way or wait for a person")
                continue
            }
            let question = PlatformUploadQuestion(
                about: batch.about, institution: batch.institution, serial: batch.serial,
                days: PlatformDays(from: day, through: day))
            let found = try await dispatcher.ask(.uploads(question), at: batch.platform, of: consortium)
            guard case .rows(let rows) = found else {
                if case .failed(let reason) = found { report.untold.append("\(batch.name): \(reason)") }
                failures[batch.platform, default: 0] += 1
                continue
            }
            failures[batch.platform] = 0
            let theirs = rows.compactMap { if case .upload(let row) = $0 { row } else { nil } }
            let comparison = UploadComparison(batch: batch.name, ours: batch.records)
            let differences = comparison.differences(to: theirs)
            let numbers = comparison.numbers(in: theirs)
            let (platform, subjects) = (batch.platform, comparison.subjects)
            try await database.write(as: consortium.tenant) {
                let store = InsuranceUploadsStore($0, consortium)
                for (record, number) in numbers { try store.note(number, of: record) }
                try NoteDifferences(at: platform, differences, among: subjects).run(in: $0, for: consortium, at: now)
            }
            report.batches += 1
            report.records += batch.records.count
            report.differences += differences.count
        }
        return report
    }
}
