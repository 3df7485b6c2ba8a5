import EmbeddedPostgres
import Foundation
import Postgres
import Testing

@Suite struct FailureTests {
    @Test("without PostgreSQL's programs it says which package to install")
    func programsNotFound() async throws {
        try await withDataDirectory { directory in
            for bin in ["/nonexistent", "/tmp"] {
                let error = #expect(throws: EmbeddedPostgresError.programsNotFound) {
                    try Cluster(directory: directory, environment: ["LIANYAO_POSTGRES_BIN": bin])
                }
                #expect(error?.description.contains("apt install postgresql") == true)
            }
        }
    }

    @Test("the programs are found where the environment says, and on the path")
    func programsFound() async throws {
        try await withDataDirectory { directory in
            let packages = try FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql").compactMap { Int($0) }
            let newest = try #require(packages.max())
            let cluster = try Cluster(
                directory: directory, options: .volatile,
                environment: ["LIANYAO_POSTGRES_BIN": "/usr/lib/postgresql/\(newest)/bin"])
            try cluster.start()
            #expect(try await cluster.setting("server_version_num")?.hasPrefix("\(newest)") == true)
            try cluster.stop()
        }
    }

    @Test("data of a version that is not installed is left alone")
    func otherVersion() async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory, options: .volatile)
            try cluster.start()
            try cluster.stop()
            try "9".write(toFile: "\(directory)/postgres/PG_VERSION", atomically: false, encoding: .utf8)
            let error = #expect(throws: EmbeddedPostgresError.self) { try cluster.start() }
            guard case .madeByAnotherVersion(_, "9", _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.description.contains("install postgresql-9") == true)
        }
    }

    @Test("data of another user is left alone", .enabled(if: isRoot, "only root can give a directory away"))
    func wrongOwner() async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory, options: .volatile)
            try cluster.start()
            try cluster.stop()
            chown("\(directory)/postgres", 54_321, 54_321)
            let error = #expect(throws: EmbeddedPostgresError.self) { try cluster.start() }
            guard case .ownedByAnotherUser(_, "user 54321", _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("a directory that the server's user cannot reach is named", .enabled(if: isRoot, "only root runs it as another user"))
    func notReachable() async throws {
        try await withDataDirectory { directory in
            let closed = "\(directory)/closed"
            try FileManager.default.createDirectory(
                atPath: closed, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            chmod(directory, 0o755)
            let cluster = try Cluster(directory: "\(closed)/data", options: .volatile)
            let error = #expect(throws: EmbeddedPostgresError.self) { try cluster.start() }
            guard case .notReachable(closed, _) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("files that are no cluster are left alone")
    func foreignFiles() async throws {
        try await withDataDirectory { directory in
            try FileManager.default.createDirectory(atPath: "\(directory)/postgres", withIntermediateDirectories: true)
            try "mine".write(toFile: "\(directory)/postgres/thesis.txt", atomically: false, encoding: .utf8)
            chmod(directory, 0o755)
            let cluster = try Cluster(directory: directory, options: .volatile)
            #expect(throws: EmbeddedPostgresError.self) { try cluster.start() }
            #expect(try String(contentsOfFile: "\(directory)/postgres/thesis.txt", encoding: .utf8) == "mine")
        }
    }

    @Test("a path that pg_ctl would hand to the shell is refused", arguments: ["a\"b", "a$HOME", "a`id`b", "a\\b", "a\nb"])
    func unsafePath(name: String) {
        let error = #expect(throws: EmbeddedPostgresError.self) { try Cluster(directory: "/tmp/\(name)") }
        guard case .directoryUnusable = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a file where the directory should be is reported")
    func fileInTheWay() async throws {
        try await withDataDirectory { directory in
            try "x".write(toFile: directory, atomically: false, encoding: .utf8)
            let error = #expect(throws: EmbeddedPostgresError.self) {
                try Cluster(directory: "\(directory)/data", options: .volatile).start()
            }
            guard case .directoryUnusable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("a server that does not start shows the last lines of its log, and the directory is free again")
    func startFailed() async throws {
        try await withDataDirectory { directory in
            let cluster = try Cluster(directory: directory, options: .volatile)
            try cluster.start()
            try cluster.stop()
            let own = "\(directory)/postgres/local.conf"
            try "no_such_setting = 1\n".write(toFile: own, atomically: false, encoding: .utf8)
            chmod(own, 0o644)
            let error = #expect(throws: EmbeddedPostgresError.self) { try cluster.start() }
            guard case .startFailed(let log) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(log.contains("no_such_setting"))
            try "work_mem = 9MB\n".write(toFile: own, atomically: false, encoding: .utf8)
            try cluster.start()
            #expect(try await cluster.setting("work_mem") == "9MB")
            try cluster.stop()
        }
    }

    @Test("each failure says in words what to do", arguments: [
        (
            .diskFull(directory: "/d", freeBytes: 3 * 1_048_576),
            "The disk that holds /d is full: 3 MB are free, at least 200 MB are needed."
        ),
        (.diskFull(directory: "/d", freeBytes: nil), "The disk that holds /d is full: free some space and start again."),
        (.inUse(directory: "/d", process: 42), "The data directory /d is in use by process 42."),
        (.inUse(directory: "/d", process: nil), "The data directory /d is in use by another process."),
        (
            .ownedByAnotherUser(directory: "/d", owner: "a", expected: "b"),
            "The data directory /d belongs to a, but the database runs as b."
        ),
    ] as [(EmbeddedPostgresError, String)])
    func sentences(error: EmbeddedPostgresError, sentence: String) {
        #expect(error.description == sentence)
    }
}
