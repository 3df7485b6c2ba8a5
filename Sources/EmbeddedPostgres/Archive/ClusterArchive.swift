import Foundation

/// The archive of a cluster's log: choosing it, remembering it, trying it.
extension Cluster {
    /// The directory where the log is archived, as the data directory remembers it.
    public var archiveDirectory: String? { Archive.remembered(in: directory)?.directory }

    /// Why the archive cannot take a segment now; `nil` when it can, or when there is none.
    ///
    /// The service goes on meanwhile: the server keeps the log in its data directory until the archive works again.
    public var archiveTrouble: String? {
        guard Archive.remembered(in: directory) != nil else { return nil }
        let outcome = user.run(["/bin/sh", Archive.script(in: data)])
        return outcome.succeeded ? nil : lastLines(of: outcome.output)
    }

    /// Makes the choice known to this and later starts.
    ///
    /// - Returns: the archive that the server must use.
    /// - Throws: `archiveUnusable`.
    func settle(
        _ choice: ArchiveChoice, with installation: Installation
    ) throws(EmbeddedPostgresError) -> Archive? {
        let remembered = Archive.remembered(in: directory)
        switch choice {
        case .asBefore: return remembered
        case .none:
            if remembered != nil { unlink(Archive.file(in: directory)) }
            return nil
        case .directory(let named):
            let place = FilePlace.real(named)
            if let remembered, remembered.directory == place { return remembered }
            let archive = Archive(directory: place, identity: UUID().uuidString)
            try begin(archive, with: installation)
            return archive
        }
    }

    /// Whether the server that runs was started for another archive than it must use.
    func archivesOtherwise(than archive: Archive?) -> Bool {
        let settings = (try? String(contentsOfFile: "\(data)/lianyao.conf", encoding: .utf8)) ?? ""
        guard let archive else { return settings.contains(Archive.switchedOn) }
        return !settings.contains(Archive.switchedOn)
            || (try? String(contentsOfFile: Archive.script(in: data), encoding: .utf8)) != archive.script
    }

    /// Writes down for the server what the archive needs.
    func writeScript(of archive: Archive?) throws(EmbeddedPostgresError) {
        guard let archive else { return }
        try put(archive.script, to: Archive.script(in: data), flags: O_WRONLY | O_CREAT | O_TRUNC)
    }

    private func begin(_ archive: Archive, with installation: Installation) throws(EmbeddedPostgresError) {
        let place = archive.directory
        func unusable(_ reason: String) -> EmbeddedPostgresError { .archiveUnusable(directory: place, reason: reason) }
        guard !place.contains(where: \.isNewline) else { throw unusable("its path holds a line break") }
        guard !FilePlace.lies(place, in: directory), !FilePlace.lies(directory, in: place) else {
            throw unusable("it must not share a directory with the data: choose another disk")
        }
        let parent = FilePlace.parent(of: place)
        guard FileManager.default.fileExists(atPath: parent) else {
            throw unusable("there is no directory \(parent) to hold it: is its disk mounted?")
        }
        try user.checkReaches(parent)
        if let names = FilePlace.names(in: place), !names.isEmpty {
            throw unusable("it is not empty, and what it holds is no archive of this data directory: choose an empty one")
        }
        try user.adopt(place)
        guard let identifier = Controldata(of: data, with: installation, as: user)?.systemIdentifier else {
            throw unusable("the data's system identifier cannot be read")
        }
        try put("\(archive.identity)\n\(identifier)\n", to: archive.marker, flags: O_WRONLY | O_CREAT | O_EXCL)
        // Remembered last: an interrupted beginning is begun anew, in another or an emptied directory.
        try remember(archive)
    }

    private func remember(_ archive: Archive) throws(EmbeddedPostgresError) {
        let file = Archive.file(in: directory)
        guard
            FileManager.default.createFile(
                atPath: "\(file).new", contents: Data("\(archive.identity)\n\(archive.directory)\n".utf8),
                attributes: [.posixPermissions: 0o600]), rename("\(file).new", file) == 0
        else { throw .directoryUnusable(directory: file, reason: Program.reason(errno)) }
    }
}
