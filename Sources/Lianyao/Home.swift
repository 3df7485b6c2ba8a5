import Foundation

/// The directory with what the program reads besides its database: migrations, checks, seeds and catalogues.
struct Home {
    static let variable = "LIANYAO_HOME"

    let directory: String

    var migrations: String { "\(directory)/db/migrations" }
    var verify: String { "\(directory)/db/verify" }
    var seeds: String { "\(directory)/db/seeds" }
    var catalogs: String { "\(directory)/Catalogs" }

    /// Finds the home: where `option` says, or else the environment; or else the present directory, or the nearest
    /// directory above the program, that holds `db/migrations`.
    ///
    /// - Throws: ``CommandFailure`` when there is none.
    static func find(
        option: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
        present: String = FileManager.default.currentDirectoryPath, program: String = programPath
    ) throws(CommandFailure) -> Home {
        let fromEnvironment = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
        if let named = option ?? fromEnvironment {
            let home = Home(directory: absolute(named, in: present))
            guard home.isComplete else {
                throw CommandFailure("\(home.directory) is no home of the program: it holds no directory db/migrations.")
            }
            return home
        }
        for directory in [present] + directoriesAbove(program) {
            let home = Home(directory: directory)
            if home.isComplete { return home }
        }
        throw CommandFailure(
            "The directory db/migrations is found neither here nor above the program: name its parent with --home.")
    }

    private var isComplete: Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: migrations, isDirectory: &isDirectory) && isDirectory.boolValue
    }

    /// The executable that runs.
    private static var programPath: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? Bundle.main.executablePath ?? CommandLine.arguments[0]
    }

    private static func directoriesAbove(_ path: String) -> [String] {
        var directories: [String] = []
        var url = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent()
        while url.path != "/", directories.count < 32 {
            directories.append(url.path)
            url = url.deletingLastPathComponent()
        }
        return directories
    }

    private static func absolute(_ path: String, in present: String) -> String {
        URL(fileURLWithPath: path, relativeTo: URL(fileURLWithPath: present, isDirectory: true)).standardizedFileURL.path
    }
}
