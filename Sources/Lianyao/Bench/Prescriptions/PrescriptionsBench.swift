import Dispensing
import Formulary
import Foundation
import MedicationRules
import Migrations
import Parties
import Postgres
import Primitives

/// Prescriptions on their way from review to hand, while there are many others.
struct PrescriptionsBench: Sendable {
    let home: Home
    let owner: Database
    let application: Database
    let prescriptions: Int
    /// How often each step is timed, in each round.
    let operations: Int
    let seed: UInt64
    let now: Instant

    /// How many callers work at once, round by round.
    static let callers = [1, 2, 8]
    /// How many connections there are.
    static let connections = 8
    /// How often each connection does every step before anything is timed: its plans are made by then.
    private static let warmings = 8
    /// What the 99th percentile stays below.
    private static let promised: Int64 = 20_000

    /// How many prescriptions there are for each thing that is done with them.
    static func open(operations: Int) -> Int { callers.count * operations + connections * warmings }

    /// - Parameter say: gets the report, line by line.
    func run(_ say: (String) -> Void) async throws {
        let loaded = try await load(say)
        var random = SeededGenerator(seed: seed)
        var approved = loaded.approved.shuffled(using: &random)[...]
        var patients = loaded.patients.shuffled(using: &random)[...]
        func round(of operations: Int, callers: Int) async throws -> [PrescriptionStep: Timings] {
            let work = Array(zip(approved.prefix(operations), patients.prefix(operations)))
            (approved, patients) = (approved.dropFirst(operations), patients.dropFirst(operations))
            return try await timings(of: work, callers: callers, loaded)
        }
        _ = try await round(of: Self.connections * Self.warmings, callers: Self.connections)
        for callers in Self.callers {
            let timings = try await round(of: operations, callers: callers)
            say(callers == 1 ? "one caller:" : "\(callers) callers at once:")
            for step in PrescriptionStep.allCases {
                if let line = Self.line(step, timings) { say("  \(line)") }
            }
        }
    }

    private static func line(_ step: PrescriptionStep, _ timings: [PrescriptionStep: Timings]) -> String? {
        guard let taken = timings[step] else { return nil }
        guard let baseline = step.baseline.flatMap({ timings[$0] }) else { return taken.microsecondsReport }
        let promise = taken.percentile(99) < promised ? "p99 below 20 ms" : "p99 NOT below 20 ms"
        return "\(taken.microsecondsReport); \(taken.multiple(of: baseline)); \(promise)"
    }

    private func timings(
        of work: [(PrescriptionBenchData.Approved, PrescriptionBenchData.Patient)], callers: Int,
        _ loaded: PrescriptionBenchData.Loaded
    ) async throws -> [PrescriptionStep: Timings] {
        try await withThrowingTaskGroup(of: [PrescriptionStep: Timings].self) { group in
            for caller in 0..<callers {
                let share = stride(from: caller, to: work.count, by: callers).map { work[$0] }
                group.addTask { [application] in
                    var desk = PrescriptionDesk(application: application, loaded: loaded, reviewer: caller)
                    for (approved, patient) in share { try await desk.work(approved, patient) }
                    return desk.timings
                }
            }
            return try await group.reduce(into: [:]) { all, timings in
                for (step, taken) in timings { all[step, default: Timings(step.name)].add(taken) }
            }
        }
    }

    // MARK: - Loading

    private func load(_ say: (String) -> Void) async throws -> PrescriptionBenchData.Loaded {
        let data = PrescriptionBenchData(
            prescriptionCount: prescriptions, openCount: Self.open(operations: operations), reviewerCount: Self.connections, now: now)
        var loading = Timings("\(prescriptions) prescriptions are loaded, \(data.openCount) of them approved, as many to review")
        var loaded: PrescriptionBenchData.Loaded?
        try await loading.time {
            let made = try await owner.write { try data.load(in: $0) }
            try await prepare(made)
            try await owner.write { _ = try $0.execute("ANALYZE") }
            loaded = made
        }
        say(loading.report)
        var verifying = Timings("they are verified")
        try await verifying.time {
            let defects = try await Verification(directory: home.verify).defects(in: owner)
            guard defects.isEmpty else {
                for defect in defects { say("\(defect)") }
                throw CommandFailure("verify: \(defects.count) queries returned rows.")
            }
        }
        say(verifying.report)
        guard let loaded else { throw CommandFailure("Nothing was loaded.") }
        return loaded
    }

    /// The shipped rules, a formulary with every product, and a practice without signatures and qualifications.
    private func prepare(_ loaded: PrescriptionBenchData.Loaded) async throws {
        let paths = (FileManager.default.subpaths(atPath: home.catalogs) ?? []).filter { $0.hasSuffix(".csv") }
        let rules = try RuleFilesOnDisk(parting: paths.map { "\(home.catalogs)/\($0)" }, encoding: nil).rules
        try await owner.write { [now] in _ = try ImportRuleCatalogue(rules).run(in: $0, at: now) }
        let keeper = Principal(
            consortium: loaded.id, person: loaded.prescriber, name: "bench", facility: loaded.hospital, company: nil,
            roles: [.formularyKeeper, .supervisor])
        try await application.write(as: loaded.id.tenant) { [now] transaction in
            var practice = ConsortiumPractice.undeclared
            practice.requiresSignatures = false
            practice.requiresQualifiedReviewers = false
            _ = try DeclarePractice(practice: practice).run(in: transaction, by: keeper, at: now)
            let version = FormularyVersionID(UUID())
            _ = try DraftFormulary(id: version, note: "bench").run(in: transaction, by: keeper, at: now)
            _ = try PutFormularyEntries(
                version: version, entries: loaded.products.map { FormularyEntry(product: $0, levels: [.county, .township]) }
            ).run(in: transaction, by: keeper, at: now)
            _ = try PublishFormulary(version: version, validFrom: now.businessDay).run(in: transaction, by: keeper, at: now)
        }
    }
}
