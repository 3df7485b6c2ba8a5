import ArgumentParser
import Dispensing
import EmbeddedPostgres
import Primitives
import RefillSimulation

/// Lives through made-up years, to show what a way of working is worth.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Lives through made-up years and storms in a database of its own.",
        subcommands: [SimulateRefillsCommand.self, SimulateExchangeCommand.self])
}

/// The same year of chronic patients twice: with requisitions by consumption alone, and with due instalments apart.
struct SimulateRefillsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refills",
        abstract: "Shows whether instalments find their stock more often when requisitions know what is due.",
        discussion: """
            Prints, for each way of suggesting, the share of instalments that found their stock at the first visit and what \
            the pharmacies held on average; then runs the queries of db/verify.
            """)

    @Option(help: "The directory that holds db/ (default: found as for every command).")
    var home: String?

    @Option(help: "How many chronic patients there are in the end.")
    var patients = 10_000

    @Option(help: "How many pharmacies they collect at.")
    var pharmacies = 20

    @Option(help: "How many days are counted.")
    var days = 365

    @Option(help: "The service factor z of suggestions from consumption alone, in thousandths.")
    var safety = SimulationPlan.safetyPerMilleStandard[.consumptionAlone] ?? 0

    @Option(help: "The service factor z of suggestions with due instalments apart, in thousandths.")
    var safetyDue = SimulationPlan.safetyPerMilleStandard[.dueInstalments] ?? 0

    @Option(help: "The seed from which patients, visits and deliveries follow.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (10...100_000).contains(patients) else { throw ValidationError("--patients is from 10 to 100000.") }
        guard (1...200).contains(pharmacies) else { throw ValidationError("--pharmacies is from 1 to 200.") }
        guard (28...730).contains(days) else { throw ValidationError("--days is from 28 to 730.") }
        for (option, factor) in [("--safety", safety), ("--safety-due", safetyDue)] where !(0...5_000).contains(factor) {
            throw ValidationError("\(option) is from 0 to 5000.")
        }
    }

    func run() async throws {
        let plan = SimulationPlan(
            seed: seed, patients: patients, pharmacies: pharmacies, days: days,
            safetyPerMille: [.consumptionAlone: safety, .dueInstalments: safetyDue])
        try await BenchDatabase(home: try Home.find(option: home), options: .volatile, connections: 2).lend { owner, application in
            guard let pepper = ResidentPepper(bytes: Array(repeating: 7, count: 32)) else { return }
            let simulation = SimulateRefills(plan: plan, firstDay: CalendarDate(day: 20_458), pepper: pepper)  // 2026-01-05
            let report = try await simulation.run(owner: owner, application: application) { Terminal.say($0) }
            for line in report.lines { Terminal.say(line) }
        }
    }
}
