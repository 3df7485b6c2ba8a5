import Formulary
import Foundation
import Postgres
import Primitives

/// The steps that are measured: a tenth of the catalogue, the catalogue, the same again, and its next edition.
struct CatalogBench: Sendable {
    let home: Home
    let directory: String
    let articles: Int

    func run(in owner: Database) async throws {
        let shipped = "\(home.directory)/Catalogs"
        let files = ["units/units", "dosage-forms/dosage-forms", "products/products"].map { "\(shipped)/\($0).csv" }
        let catalogs = try CatalogOnDisk.inOrderOfImport(files, encoding: nil)
        _ = try await CatalogImport(catalogs: catalogs, encoding: nil, fillingDown: [], acceptingTheRest: false)
            .run(in: owner, at: TimeSource.system.now)
        let shapes = try Data(contentsOf: URL(fileURLWithPath: "\(shipped)/articles/articles.csv"))
        let data = try CatalogBenchData(articles: Array(shapes))
        Terminal.say("memory before: \(Memory.peak)")
        try await proposeAndAccept(data, articles / 10, edition: 1, "a tenth", in: owner)
        try await proposeAndAccept(data, articles, edition: 1, "first", in: owner)
        try await proposeAndAccept(data, articles, edition: 1, "same again", in: owner)
        try await proposeAndAccept(data, articles, edition: 2, "second", in: owner)
    }

    private func proposeAndAccept(
        _ data: CatalogBenchData, _ count: Int, edition: Int, _ label: String, in owner: Database
    ) async throws {
        let path = "\(directory)/\(label).csv"
        try data.write(count, edition: edition, to: path)
        let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        var (proposing, accepting) = (Timings("\(label): compare"), Timings("\(label): accept"))
        var proposal: EditionProposal?
        try await proposing.time {
            let catalog = try CatalogOnDisk(path: path, encoding: nil)
            proposal = try await EditionOnDisk(
                catalog: catalog, catalogue: "bench", label: label, validFrom: nil, encoding: nil, fillingDown: []
            ).propose(in: owner, at: TimeSource.system.now)
        }
        guard let proposal else { return }
        Terminal.say(EditionLines.line(proposal.edition))
        try await accepting.time {
            _ = try await Lianyao.accepting(
                proposal.edition.id, acceptingTheRest: false, in: owner, at: TimeSource.system.now)
        }
        Terminal.say("\(proposing.report)")
        Terminal.say("\(accepting.report); \(bytes >> 10) KiB of file; \(Memory.peak)")
        try FileManager.default.removeItem(atPath: path)
    }
}

/// What the process has held at most.
enum Memory {
    static var peak: String {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? "VmHWM: unknown"
        return "peak memory \(line.dropFirst(6).trimmingCharacters(in: .whitespaces))"
    }
}
