@testable import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct UpgradeTests {
    @Test("the data is moved into a cluster made anew, with its settings and files, and the former is as it was")
    func moves() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatileWithLog)
            try cluster.start()
            try await Notes.write("a", in: cluster)
            try "secret".write(toFile: "\(places.data)/pepper", atomically: false, encoding: .utf8)
            try "work_mem = 9MB\n".rewrite("\(places.data)/postgres/local.conf")
            // Only one major version need be installed here: to move within it takes the same steps.
            let installation = cluster.installations[0]
            let upgrade = try MajorUpgrade(of: cluster, into: places("moved"), from: installation, to: installation)
            await #expect(throws: EmbeddedPostgresError.inUse(directory: places.data, process: getpid())) {
                try await upgrade.run(with: []) { _ in }
            }
            try cluster.stop()
            struct Unfit: Error {}
            await #expect(throws: Unfit.self) { try await upgrade.run(with: []) { _ in throw Unfit() } }
            #expect(try places.holdOnly([]))
            let notes = try await upgrade.run(with: ["pepper"], checking: Notes.read)
            #expect(notes == ["a"])
            #expect(try places.holdOnly(["moved"]))
            #expect(try String(contentsOfFile: places("moved/pepper"), encoding: .utf8) == "secret")
            #expect(
                try Set(FileManager.default.contentsOfDirectory(atPath: places("moved"))) == ["postgres", "pepper"])
            for directory in [places("moved"), places.data] {
                let served = try Cluster(directory: directory, options: .volatileWithLog)
                try served.start()
                #expect(try await served.setting("work_mem") == "9MB")
                #expect(try await served.setting("data_checksums") == "on")
                #expect(try await Notes.read(served) == ["a"])
                try served.stop()
            }
        }
    }

    @Test("there is nothing to move to when no newer version is installed")
    func nothingNewer() async throws {
        try await withPlaces { places in
            let cluster = try Cluster(directory: places.data, options: .volatile)
            try await cluster.attach {}
            let error = #expect(throws: BackupError.self) { try MajorUpgrade(of: cluster, into: places("moved")) }
            #expect(error == .noNewerVersion(made: newestMajor))
            #expect(error?.description.contains("postgresql-\(newestMajor + 1)") == true)
        }
    }
}
