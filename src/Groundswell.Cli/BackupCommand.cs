using System.CommandLine;
using Groundswell.Transfer.Backups;

namespace Groundswell.Cli;

/// <summary><c>groundswell backup</c>: everything into a folder or one archive, also while the server serves.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("TARGET") { Description = "A new folder, or a new archive that ends in .tar. It will hold keys: keep it as safe as the data folder." };
        var data = ExportCommand.DataOption();
        var command = new Command("backup", "Copy everything (store, media, keys, accounts) while the server goes on, and verify the copy.") { target, data };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            () => Make(parsed.GetRequiredValue(data), parsed.GetRequiredValue(target), cancellation), "There is no backup: what was begun is gone."));
        return command;
    }

    private static async Task<int> Make(string data, string target, CancellationToken cancellation)
    {
        var manifest = await Backup.RunAsync(data, target, TimeProvider.System, Lines.Files(), cancellation);
        System.Console.Error.WriteLine();
        foreach (var gone in manifest.Gone) System.Console.Error.WriteLine($"groundswell: {gone} was deleted while the backup ran; it is not in it.");
        System.Console.WriteLine($"{manifest.Files.Length:N0} files, {manifest.Bytes:N0} bytes, ledger up to position {manifest.Head}, verified: {target}");
        return Lines.Ok;
    }
}
