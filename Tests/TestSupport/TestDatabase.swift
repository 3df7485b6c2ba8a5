import EmbeddedPostgres
import Foundation
import Migrations
public import Postgres
import Synchronization
public import Testing

/// A fresh, migrated database that only one test uses.
public struct TestDatabase: Sendable {
    /// As the program connects: the role `lianyao_application`.
    public let application: Database
    /// As migrations and imports connect: the role `lianyao_owner`, which sees every tenant's rows.
    public let owner: Database
    /// For connections of the test's own, which sign in as the cluster's superuser.
    public let conninfo: String
    public let name: String
}

private let places = Turnstile(places: 8)
private let databasesMade = Atomic<Int>(0)

/// Lends `body` a fresh database; afterwards every query of `db/verify` must return no rows, and the database is
/// dropped.
public func withTestDatabase(
    sourceLocation: SourceLocation = #_sourceLocation, isolation: isolated (any Actor)? = #isolation,
    _ body: (TestDatabase) async throws -> Void
) async throws {
    let cluster = try await TestCluster.shared()
    await places.enter()
    let name = "test_\(databasesMade.add(1, ordering: .relaxed).newValue)"
    do {
        try await apart { try cluster.createDatabase(name, template: TestCluster.template, owner: "lianyao_owner") }
        try await use(name, on: cluster, sourceLocation, isolation: isolation, body)
        try await apart { try cluster.dropDatabase(name) }
        await places.leave()
    } catch {
        try? await apart { try cluster.dropDatabase(name) }
        await places.leave()
        throw error
    }
}

/// Runs what blocks on a thread of its own. Dropping a database waits until no session is stuck in sending; on a thread
/// that tasks share it could wait for a task that has no thread left to take what is sent.
private func apart(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result(catching: body)) }.start()
    }
}

private func use(
    _ name: String, on cluster: Cluster, _ sourceLocation: SourceLocation, isolation: isolated (any Actor)?,
    _ body: (TestDatabase) async throws -> Void
) async throws {
    let conninfo = cluster.conninfo(database: name)
    let application = Database(DatabaseConfiguration(conninfo: conninfo, connections: 3, role: "lianyao_application"))
    let owner = Database(DatabaseConfiguration(conninfo: conninfo, connections: 3, role: "lianyao_owner"))
    do {
        try await body(TestDatabase(application: application, owner: owner, conninfo: conninfo, name: name))
        for defect in try await Verification(directory: "\(repositoryRoot)/db/verify").defects(in: owner) {
            Issue.record("\(defect)", sourceLocation: sourceLocation)
        }
    } catch {
        await application.close()
        await owner.close()
        throw error
    }
    await application.close()
    await owner.close()
}
