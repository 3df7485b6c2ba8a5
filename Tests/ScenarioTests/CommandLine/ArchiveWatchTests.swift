import EmbeddedPostgres
import Foundation
@testable import Lianyao
import Postgres
import TestSupport
import Testing

@Suite("Watching the archive of the log")
struct ArchiveWatchTests {
    @Test("a change is said once, and nothing before the first segment", arguments: [
        (nil, false, nil), (nil, true, nil), (false, false, nil), (true, true, nil), (true, false, true), (false, true, false),
    ] as [(Bool?, Bool, Bool?)])
    func saysOnce(fails: Bool?, before: Bool, said: Bool?) {
        let news = ArchiveWatch.Reading(fails: fails, segment: "000000010000000000000002").news(fails: before)
        #expect(news?.fails == said)
        #expect(news.map { $0.sentence.contains("cannot be archived") == $0.fails } != false)
    }

    @Test(
        "a server whose archive is gone fails to archive, and archives again when it is back", .timeLimit(.minutes(40)))
    func failsAndRecovers() async throws {
        try await withProgram { program in
            let archive = program.dataDirectory + "-archive"
            defer { try? FileManager.default.removeItem(atPath: archive) }
            let cluster = try Cluster(directory: program.dataDirectory)
            try cluster.start(archive: .directory(archive))
            let database = Database(DatabaseConfiguration(conninfo: cluster.conninfo(database: "postgres"), connections: 1))
            func closeSegment(until wanted: Bool) async throws -> ArchiveWatch.Reading {
                _ = try await database.write { transaction in
                    try transaction.execute("SELECT pg_logical_emit_message(true, 'test', 'more')")
                }
                _ = try await database.write { transaction in try transaction.execute("SELECT pg_switch_wal()") }
                while true {
                    let reading = try await database.read(ArchiveWatch.reading)
                    if reading.fails == wanted { return reading }
                }
            }
            #expect(try await closeSegment(until: false).segment == nil)
            try #require(rename("\(archive)/lianyao-archive", "\(archive)/aside") == 0)
            #expect(try await closeSegment(until: true).segment?.count == 24)
            try #require(rename("\(archive)/aside", "\(archive)/lianyao-archive") == 0)
            _ = try await closeSegment(until: false)
            await database.close()
            try cluster.stop()
        }
    }

    @Test("the service starts without its archive, and says so")
    func servesWithoutArchive() async throws {
        try await withProgram { program in
            let archive = program.dataDirectory + "-archive"
            defer { try? FileManager.default.removeItem(atPath: archive) }
            let cluster = try Cluster(directory: program.dataDirectory)
            try cluster.start(archive: .directory(archive))
            try cluster.stop()
            try FileManager.default.removeItem(atPath: archive)
            let service = try await program.serve()
            service.send(SIGINT)
            let outcome = await service.outcome()
            #expect(outcome.code == 0)
            #expect(
                outcome.errors.contains(
                    "the log cannot be archived and is kept with the data meanwhile: the archive \(archive) is not there"),
                "\(outcome)")
        }
    }
}
