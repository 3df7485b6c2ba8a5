import EmbeddedPostgres
import Foundation
import Postgres
import Testing

/// The server dies under load. Afterwards each acknowledged write is there once, each unknown one at most once, every
/// other not at all, and the pool serves again by itself.
@Suite(.serialized) struct ServerDeathTests {
    @Test("sessions are ended by the administrator")
    func terminated() async throws {
        try await withOwnServer { server in
            let load = WriteLoad(server.conninfo)
            let administrator = Database(DatabaseConfiguration(conninfo: server.conninfo, connections: 1))
            try await load.run {
                for _ in 0..<10 {
                    try await load.serves(50)
                    for process in try await load.sessions(in: administrator).prefix(3) {
                        try await administrator.write { _ = try $0.execute("SELECT pg_terminate_backend(\(process))") }
                    }
                }
                try await load.serves()
            }
            await administrator.close()
            try await load.expectKept(in: server.conninfo)
        }
    }

    @Test("kill -9 of a session makes the server start anew")
    func sessionKilled() async throws {
        try await withOwnServer { server in
            let load = WriteLoad(server.conninfo)
            let administrator = Database(DatabaseConfiguration(conninfo: server.conninfo, connections: 1))
            try await load.run {
                for _ in 0..<3 {
                    try await load.serves()
                    let process = try #require(try await load.sessions(in: administrator).first)
                    Glibc.kill(process, SIGKILL)
                    try await wait { kill(process, 0) != 0 }
                    try await load.serves()
                    try await wait { (try? await load.sessions(in: administrator)) != nil }
                }
            }
            await administrator.close()
            try await load.expectKept(in: server.conninfo)
        }
    }

    @Test("kill -9 of the server, and a new start")
    func serverKilled() async throws {
        try await withOwnServer { server in
            let load = WriteLoad(server.conninfo)
            try await load.run {
                for _ in 0..<3 {
                    try await load.serves()
                    try server.kill()
                    try await wait { server.cluster.serverProcess == nil }
                    try server.restart()
                    try await load.serves()
                }
            }
            try await load.expectKept(in: server.conninfo)
        }
    }

    @Test("the server is stopped and started", arguments: ["fast", "immediate"])
    func restarted(mode: String) async throws {
        try await withOwnServer { server in
            let load = WriteLoad(server.conninfo)
            try await load.run {
                for _ in 0..<2 {
                    try await load.serves()
                    if mode == "fast" { try server.cluster.stop() } else { try server.cluster.stopImmediately() }
                    try server.cluster.start()
                    try await load.serves()
                }
            }
            try await load.expectKept(in: server.conninfo)
        }
    }
}
