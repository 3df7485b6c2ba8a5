@testable import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct VersionTests {
    @Test("data of a major version that is no longer installed is left alone, and the sentence says what to do")
    func onlyAnotherIsInstalled() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            let backup = try await cluster.attach { try await cluster.backUp(to: places("backup")) }
            try await withPrograms(ofMajor: newestMajor + 1) { bin in
                let upgraded = try Cluster(directory: places.data, environment: ["LIANYAO_POSTGRES_BIN": bin])
                let error = #expect(throws: EmbeddedPostgresError.self) { try upgraded.start() }
                #expect(
                    error?.description
                        == """
                        The data in \(places.data)/postgres was made by PostgreSQL \(newestMajor), but installed is \
                        \(newestMajor + 1): install postgresql-\(newestMajor) beside it (apt install \
                        postgresql-\(newestMajor)) and start again. The data was not touched; docs/backup.md says how to move \
                        it to another major version.
                        """)
                let refused = #expect(throws: BackupError.self) {
                    try Restoration(of: backup, into: places("restored"), environment: ["LIANYAO_POSTGRES_BIN": bin])
                }
                #expect(
                    refused
                        == .madeByAnotherVersion(places("backup"), made: newestMajor, installed: [newestMajor + 1]))
            }
            try cluster.start()
            try cluster.stop()
        }
    }

    @Test("with both installed the data keeps its version, and the newer one is known")
    func bothInstalled() async throws {
        try await withPlaces { places in
            try await Cluster(directory: places.data, options: .volatile).attach {}
            try await withPrograms(ofMajor: newestMajor + 1) { bin in
                let packages = places("packages")
                for (major, programs) in [newestMajor: programs, newestMajor + 1: bin] {
                    try FileManager.default.createDirectory(atPath: "\(packages)/\(major)", withIntermediateDirectories: true)
                    try FileManager.default.createSymbolicLink(
                        atPath: "\(packages)/\(major)/bin", withDestinationPath: programs)
                }
                let installations = Installation.all(environment: [:], packages: packages)
                #expect(installations.map(\.major) == [newestMajor + 1, newestMajor])
                let cluster = try Cluster(directory: places.data, options: .volatile, installations: [installations[1]])
                #expect(cluster.newerMajor == nil)
                let both = try Cluster(directory: places.data, options: .volatile, installations: installations)
                #expect(both.newerMajor == newestMajor + 1)
                #expect(try both.installationForData().major == newestMajor)
            }
        }
    }

    @Test("a moment is written so that PostgreSQL reads it in its settings", arguments: [
        (0, "1970-01-01 00:00:00.000000+00"), (1_795_304_284_000_278, "2026-11-21 23:38:04.000278+00"),
        (-1, "1969-12-31 23:59:59.999999+00"),
    ] as [(Int64, String)])
    func moments(microseconds: Int64, setting: String) {
        #expect(BackupTime(microseconds: microseconds, text: "").setting == setting)
    }

    @Test("a segment's name is read and written as PostgreSQL does", arguments: [
        ("0000000100000000000000FF", "000000010000000100000000"), ("000000020000000A00000009", "000000020000000A0000000A"),
    ])
    func segmentNames(name: String, next: String) throws {
        let segment = try #require(LogSegment(name))
        #expect(segment.name == name && segment.next.name == next)
        #expect(LogSegment.position("A/9000000") == 0xA_0900_0000)
        #expect(LogSegment("00000002.history") == nil && LogSegment("000000010000000000000100") == nil)
        #expect(LogSegment("000000010000000000000002.00000028.backup") == nil)
    }
}
