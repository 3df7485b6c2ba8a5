import Foundation

/// Where the log of one cluster is kept, segment by segment, so that a backup can be brought to any later moment.
///
/// The data directory remembers it in its file `archive`, which no backup carries: a restored cluster is another
/// life, and must not write among the segments of the former one. The archive holds a marker with the same identity;
/// without it nothing is written, so that a disk that is not mounted is noticed.
struct Archive: Sendable, Equatable {
    static let markerName = "lianyao-archive"

    let directory: String
    /// Made once for this data directory and this archive.
    let identity: String

    /// The archive that the data directory remembers.
    static func remembered(in dataDirectory: String) -> Archive? {
        guard let text = try? String(contentsOfFile: file(in: dataDirectory), encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n").map(String.init)
        return lines.count == 2 ? Archive(directory: lines[1], identity: lines[0]) : nil
    }

    static func file(in dataDirectory: String) -> String { "\(dataDirectory)/archive" }

    var marker: String { "\(directory)/\(Self.markerName)" }

    /// What the marker says: the archive's identity and the system identifier of the cluster it belongs to.
    static func marked(_ directory: String) -> (identity: String, systemIdentifier: String)? {
        guard let text = try? String(contentsOfFile: "\(directory)/\(markerName)", encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n").map(String.init)
        return lines.count == 2 ? (lines[0], lines[1]) : nil
    }

    /// The settings that make the server archive.
    func settings(in data: String) -> String {
        """
        \(Self.switchedOn)
        archive_command = '\(command(in: data).replacing("'", with: "''"))'
        archive_timeout = \(Self.timeoutSeconds)

        """
    }

    static let switchedOn = "archive_mode = on"

    /// How much of the log, at most, is not archived yet while the archive works.
    private static let timeoutSeconds = 60

    /// The settings that must not be set otherwise elsewhere.
    func decisiveSettings(in data: String) -> [(name: String, value: String)] {
        [("archive_mode", "on"), ("archive_command", command(in: data))]
    }

    static func script(in data: String) -> String { "\(data)/archive-segment.sh" }

    private func command(in data: String) -> String {
        // A data directory's path holds nothing that means something within double quotes.
        "/bin/sh \"\(Self.script(in: data).replacing("%", with: "%%"))\" \"%p\" \"%f\""
    }

    /// Keeps one segment, compressed: whole or not at all, on the disk before it says so, and never over another.
    /// Without arguments it only tries whether it could.
    var script: String {
        """
        # Written by lianyao before every start.
        set -eu
        umask 077
        archive=\(Self.quoted(directory))
        if ! grep -q -x '\(identity)' "$archive/\(Self.markerName)" 2>/dev/null; then
            echo "the archive $archive is not there: is its disk mounted?" >&2
            exit 1
        fi
        if test $# -eq 0; then
            echo tried >"$archive/tried.part"
            rm "$archive/tried.part"
            exit 0
        fi
        kept=$archive/$2.gz
        if test -e "$kept"; then
            # After a crash the server may hand in once more what is kept already.
            gzip -d -c "$kept" | cmp -s - "$1" && exit 0
            echo "$kept exists and holds something else" >&2
            exit 1
        fi
        gzip -1 -n -c <"$1" >"$kept.part"
        sync "$kept.part"
        mv "$kept.part" "$kept"
        sync "$archive"

        """
    }

    /// `text` as one word of the shell.
    static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
}
