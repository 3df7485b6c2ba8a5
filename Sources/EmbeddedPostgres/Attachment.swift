import Foundation

/// A short use of a cluster's server, from ``Cluster/attach(isolation:_:)``.
struct Attachment {
    /// How long to wait for a server that its owner is just starting, in tenths of a second.
    private static let waitsMax = 600

    private let cluster: Cluster
    private let shared: DirectoryLock
    private let owner: DirectoryLock?

    init(_ cluster: Cluster) throws(EmbeddedPostgresError) {
        self.cluster = cluster
        for _ in 0..<Self.waitsMax {
            // Only the one who stops the server holds this alone, and not for long.
            guard let shared = try DirectoryLock(cluster.attachedFile, shared: true) else {
                usleep(100_000)
                continue
            }
            if let owner = try DirectoryLock(cluster.lockFile) {
                try cluster.bringUp()
                (self.shared, self.owner) = (shared, owner)
                return
            }
            if cluster.serverProcess != nil, cluster.isReady {
                (self.shared, self.owner) = (shared, nil)
                return
            }
            usleep(100_000)
        }
        throw .inUse(directory: cluster.directory, process: DirectoryLock.holder(of: cluster.lockFile))
    }

    /// Stops the server when nobody owns it and nobody else is attached.
    func end() throws(EmbeddedPostgresError) {
        let owner = if let owner { owner } else { try DirectoryLock(cluster.lockFile) }
        guard let owner, shared.becomeExclusive() else { return }
        defer { withExtendedLifetime(owner) {} }
        try cluster.bringDown(mode: "fast")
    }
}
