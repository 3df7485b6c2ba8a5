import Synchronization

/// Whether the settings that a start would use keep the promise of ``ClusterOptions/durable``.
extension Cluster {
    /// What weakens the promise without breaking it; looked at by every start of a durable cluster.
    public var durabilityWarnings: [DurabilityFinding] { warnings.withLock { $0 } }

    /// Reads the settings as a start would, from all files, before the server is started with them.
    ///
    /// - Throws: `notDurable`, `archiveOverridden`.
    func checkDurability(with installation: Installation, archive: Archive?) throws(EmbeddedPostgresError) {
        if options.isDurable { try checkPromise(with: installation) }
        guard let archive else { return }
        for (name, wanted) in archive.decisiveSettings(in: data) {
            guard let value = setting(name, with: installation), value != wanted else { continue }
            throw .archiveOverridden(setting: name, place: SettingsFiles(data: data).place(of: name) ?? "its command line")
        }
    }

    private func checkPromise(with installation: Installation) throws(EmbeddedPostgresError) {
        warnings.withLock { $0 = [] }
        for name in DurabilityFinding.settings + ["wal_level"] {
            guard let value = setting(name, with: installation),
                let finding = DurabilityFinding(name, value: value, place: SettingsFiles(data: data).place(of: name))
            else { continue }
            if finding.isRefused { throw .notDurable(finding) }
            warnings.withLock { $0.append(finding) }
        }
    }

    /// A setting's value; `nil` when the files cannot be read as settings, which the start reports better.
    private func setting(_ name: String, with installation: Installation) -> String? {
        let outcome = user.run([installation.path("postgres"), "-D", data, "-C", name])
        return outcome.succeeded ? outcome.output.split(separator: "\n").last.map(String.init) : nil
    }
}
