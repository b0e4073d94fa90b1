using Plenaria.Bench;

return args switch
{
    ["bare", var file] => Bare.Serve(file),
    ["measure", var program, var tree, .. var names] => await Measuring.Run(program, tree, names),
    ["house", var tree] => HouseCheck.Run(tree),
    _ => 2,
};
