import ArgumentParser

/// What concerns the catalogues of reference data.
struct CatalogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: "Catalogues of products, articles, companies and dictionaries.",
        subcommands: [
            CatalogImportCommand.self, CatalogEditionsCommand.self, CatalogChangesCommand.self, CatalogAcceptCommand.self,
            CatalogDiscardCommand.self,
        ])
}
