import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct OwnershipTests {
    @Test("a directory has one owner at a time, and the second is told who")
    func oneOwner() async throws {
        try await withDataDirectory { directory in
            let first = try Cluster(directory: directory, options: .volatile)
            let second = try Cluster(directory: directory, options: .volatile)
            try first.start()
            #expect(throws: EmbeddedPostgresError.inUse(directory: directory, process: getpid())) { try second.start() }
            // What does not own the server cannot stop it.
            try second.stop()
            #expect(first.serverProcess != nil)
            try first.stop()
            try second.start()
            try second.stop()
        }
    }

    @Test("a short command uses the owner's server and leaves it running")
    func attachesToOwner() async throws {
        try await withDataDirectory { directory in
            let owner = try Cluster(directory: directory, options: .volatile)
            try owner.start()
            let process = owner.serverProcess
            let short = try Cluster(directory: directory, options: .volatile)
            let port = try await short.attach { try await short.setting("port") }
            #expect(port == "5432")
            #expect(owner.serverProcess == process)
            try owner.stop()
        }
    }

    @Test("short commands start a server when there is none, and the last one stops it")
    func lastOneStops() async throws {
        try await withDataDirectory { directory in
            let first = try Cluster(directory: directory, options: .volatile)
            let second = try Cluster(directory: directory, options: .volatile)
            try await first.attach {
                let process = first.serverProcess
                #expect(process != nil)
                try await second.attach { #expect(second.serverProcess == process) }
                #expect(first.serverProcess == process)
            }
            #expect(first.serverProcess == nil)
        }
    }

    @Test("a short command that fails stops the server it started")
    func failingCommand() async throws {
        struct Stop: Error {}
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory, options: .volatile)
            await #expect(throws: Stop.self) { try await cluster.attach { throw Stop() } }
            #expect(cluster.serverProcess == nil)
            try cluster.start()
            try cluster.stop()
        }
    }
}
